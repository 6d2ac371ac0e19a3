"""Synthetic worlds to develop and measure detection on: `python -m bench.worlds --help`.

Everything is invented. The habits differ on purpose from any other labelled scenarios: ids, texts,
networks, volumes, communities and ways to run a campaign.
"""
