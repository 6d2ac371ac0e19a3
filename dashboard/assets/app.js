// The pages' own script: pictures, sortable tables, the light/dark switch, links within a page, news.
(function () {
  "use strict";

  // Pictures drawn by the server as SVG (dashboard/drawing.py). The server escapes what it draws.
  function element() { return window.React.createElement.apply(null, arguments); }
  window.dashboard = {
    Drawing: function (props) {
      return element("div", {
        id: props.id,
        className: "drawing " + (props.className || ""),
        dangerouslySetInnerHTML: { __html: props.svg },
      });
    },
    // Boxes, lists and days of the browser itself (dashboard/choices.py).
    Boxes: function (props) {
      return element("div", { id: props.id, className: "boxes" }, props.options.map(function (each) {
        var ticked = props.value.indexOf(each.value) >= 0;
        function turn() {
          var others = props.value.filter(function (value) { return value !== each.value; });
          props.setProps({ value: ticked ? others : others.concat([each.value]) });
        }
        return element("label", { key: each.value },
          element("input", { type: "checkbox", value: each.value, checked: ticked, onChange: turn }),
          element("span", null, each.label));
      }));
    },
    Day: function (props) {
      function choose(event) { props.setProps({ value: event.target.value }); }
      return element("input", { type: "date", id: props.id, value: props.value, max: props.max, onChange: choose });
    },
    Line: function (props) {
      function write(event) { props.setProps({ value: event.target.value }); }
      return element("input", {
        type: "text", id: props.id, value: props.value, maxLength: props.longest, onChange: write,
        autoComplete: "off", autoCapitalize: "none", spellCheck: false,
      });
    },
    Select: function (props) {
      function choose(event) { props.setProps({ value: event.target.value }); }
      return element("select", { id: props.id, value: props.value, onChange: choose },
        props.options.map(function (each) {
          return element("option", { key: each.value, value: each.value }, each.label);
        }));
    },
    // Fields of a form that asks by the address (dashboard/form_fields.py): a new value, a new field.
    Field: function (props) {
      return element("input", {
        key: props.value, id: props.id, name: props.name, type: props.kind,
        defaultValue: props.value, maxLength: props.longest, autoComplete: "off",
      });
    },
    Choice: function (props) {
      function option(each) { return element("option", { key: each[0], value: each[0] }, each[1]); }
      return element("select", { key: props.value, id: props.id, name: props.name, defaultValue: props.value },
        props.groups.map(function (group) {
          var options = group.options.map(option);
          return group.heading
            ? element("optgroup", { key: group.heading, label: group.heading }, options)
            : options;
        }));
    },
  };

  // Of a form that asks by the address only what is filled in goes along. A number of days and days
  // of one's own exclude each other: what was chosen last counts.
  document.addEventListener("submit", function (event) {
    if (event.target.method !== "get") return;
    var blank = Array.from(event.target.elements).filter(function (each) { return each.name && !each.value; });
    blank.forEach(function (each) { each.disabled = true; });
    setTimeout(function () { blank.forEach(function (each) { each.disabled = false; }); });
  });
  document.addEventListener("change", function (event) {
    var form = event.target.closest(".filter-form");
    if (!form || !event.target.value) return;
    var days = form.elements.tage, own = [form.elements.von, form.elements.bis];
    if (event.target === days) own.forEach(function (each) { each.value = ""; });
    if (own.indexOf(event.target) >= 0) days.value = "";
  });

  function remember(name, value) {
    document.cookie = name + "=" + value + ";path=/;max-age=31536000;samesite=lax" +
      (location.protocol === "https:" ? ";secure" : "");
  }

  function startTheme() {
    var button = document.getElementById("theme");
    if (!button) return;
    var root = document.documentElement;
    var device = window.matchMedia("(prefers-color-scheme: dark)");
    function dark() {
      return root.dataset.theme ? root.dataset.theme === "dark" : device.matches;
    }
    function show() {
      button.textContent = dark() ? button.dataset.light : button.dataset.dark;
      button.hidden = false;
    }
    button.addEventListener("click", function () {
      root.dataset.theme = dark() ? "light" : "dark";
      remember("theme", root.dataset.theme);
      show();
    });
    device.addEventListener("change", show);
    show();
  }

  function sortBy(heading) {
    var table = heading.closest("table");
    var column = Array.prototype.indexOf.call(heading.parentNode.children, heading);
    var up = heading.getAttribute("aria-sort") !== (heading.classList.contains("number") ? "descending" : "ascending");
    var direction = heading.classList.contains("number") === up ? -1 : 1;
    heading.parentNode.querySelectorAll("[aria-sort]").forEach(function (each) {
      each.removeAttribute("aria-sort");
    });
    heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    var body = table.tBodies[0];
    function key(row) {
      var cell = row.cells[column];
      return cell.dataset.order === undefined ? cell.textContent : cell.dataset.order;
    }
    function compare(a, b) {
      var one = Number(a), other = Number(b);
      if (a !== "" && b !== "" && !isNaN(one) && !isNaN(other)) return one - other;
      return a.localeCompare(b, document.documentElement.lang, { numeric: true });
    }
    Array.from(body.rows)
      .sort(function (a, b) {
        return direction * compare(key(a), key(b));
      })
      .forEach(function (row) { body.appendChild(row); });
  }

  // An account or a place chosen within the page: Dash draws the page anew without loading it anew.
  // Its panel, which the link names after #, takes the focus until the drawing has settled, or until
  // the reader does something else.
  var focusNext = null;
  function letGo() { focusNext = null; }
  function stay(event, link) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    event.preventDefault();
    var parts = link.getAttribute("href").split("#");
    history.pushState(null, "", parts[0] || location.pathname);
    focusNext = parts[1] || "konto";
    setTimeout(letGo, 1500);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }
  document.addEventListener("keydown", letGo, true);
  document.addEventListener("pointerdown", letGo, true);

  // A text to copy (dashboard/copying.py). Where the browser keeps the clipboard to itself, as it does
  // without HTTPS, the text is copied the old way, or selected for the reader to copy.
  function copy(button) {
    var text = document.getElementById(button.dataset.copies);
    var told = button.parentNode.querySelector(".copied");
    function tell(done) {
      if (!done) mark(text);
      told.textContent = done ? told.dataset.done : told.dataset.failed;
      setTimeout(function () { told.textContent = ""; }, done ? 4000 : 15000);
    }
    told.textContent = "";
    if (!navigator.clipboard) return tell(copyTheOldWay(text.textContent, button));
    return navigator.clipboard.writeText(text.textContent).then(function () { tell(true); }, function () {
      tell(copyTheOldWay(text.textContent, button));
    });
  }
  function copyTheOldWay(words, button) {
    var field = document.createElement("textarea");
    field.value = words;
    field.className = "heard";
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    button.focus();
    return done;
  }
  function mark(text) {
    text.hidden = false;
    window.getSelection().selectAllChildren(text);
  }

  document.addEventListener("click", function (event) {
    var sort = event.target.closest("button.sort");
    if (sort) return sortBy(sort.closest("th"));
    var copies = event.target.closest("button.copy");
    if (copies) return copy(copies);
    var link = event.target.closest('main a[href^="?"]');
    if (link) return stay(event, link);
    closeMenus(event.target);
    return undefined;
  });

  // On the map of places an arrow key leads to the nearest place in its direction.
  var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function middle(spot) {
    var box = spot.querySelector(".shape").getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
  function nearest(spot, way) {
    var from = middle(spot), best = null, least = Infinity;
    spot.ownerSVGElement.querySelectorAll("a.spot").forEach(function (each) {
      var to = middle(each), dx = to[0] - from[0], dy = to[1] - from[1];
      var ahead = dx * way[0] + dy * way[1], aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (each !== spot && ahead > 1 && aside <= 2 * ahead && ahead + aside < least) {
        best = each;
        least = ahead + aside;
      }
    });
    return best;
  }
  document.addEventListener("keydown", function (event) {
    var way = ARROWS[event.key], spot = event.target.closest && event.target.closest("a.spot");
    if (!way || !spot || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    var next = nearest(spot, way);
    if (next) next.focus();
  });

  // A menu closes when the reader goes elsewhere, by click, by keyboard, or with Escape.
  function closeMenus(within) {
    document.querySelectorAll(".menu[open]").forEach(function (menu) {
      if (!menu.contains(within)) menu.open = false;
    });
  }
  document.addEventListener("focusin", function (event) { closeMenus(event.target); });
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // A place named in the address exists only once the page has been drawn.
  var wanted = decodeURIComponent(location.hash.slice(1));
  new MutationObserver(function () {
    var place = document.getElementById(focusNext || wanted);
    if (!place || place === document.activeElement) return;
    if (!focusNext) {
      place.scrollIntoView();
      wanted = "";
    }
    if (place.hasAttribute("tabindex")) place.focus({ preventScroll: window.innerWidth > 1180 });
  }).observe(document.documentElement, { childList: true, subtree: true });

  // What comes second (dashboard/folding.py) begins closed where the screen is narrow; it closes before
  // it is painted, and only once, so that what the reader opens stays open.
  var narrow = window.matchMedia("(max-width: 600px)");
  new MutationObserver(function () {
    if (!narrow.matches) return;
    all("details.fold[open]:not([data-met])").forEach(function (each) {
      each.dataset.met = "";
      each.open = false;
    });
  }).observe(document.documentElement, { childList: true, subtree: true });

  // On paper nothing can be opened: what is closed opens for it, but the tables that only repeat a picture.
  var forPaper = [];
  window.addEventListener("beforeprint", function () {
    forPaper = all("main details:not([open])").filter(function (each) {
      return !each.closest(".below, form, .appeal, .copying");
    });
    forPaper.forEach(function (each) { each.open = true; });
  });
  window.addEventListener("afterprint", function () {
    forPaper.forEach(function (each) { each.open = false; });
  });

  // A session that has ended, or a token of before a restart: loading anew leads to the login.
  function again() {
    var last = Number(sessionStorage.getItem("again") || 0);
    if (Date.now() - last < 10000) return;
    sessionStorage.setItem("again", String(Date.now()));
    location.reload();
  }
  function failed() {
    var told = document.getElementById("failed");
    if (told) told.hidden = false;
    document.querySelectorAll(".skeleton").forEach(function (each) { each.hidden = true; });
  }
  var ask = window.fetch;
  window.fetch = function () {
    return ask.apply(this, arguments).then(function (answer) {
      if (answer.status === 401 || answer.status === 400) again();
      if (answer.status >= 500) failed();
      heard(answer);
      return answer;
    });
  };

  // Whether there is anything new for the page that is open (dashboard/news.py). Nothing on it moves
  // until the reader wants to see it. A tab in the background, and who is writing, are left alone.
  var LOOKS = 30000; // milliseconds from one look to the next
  var known = null; // the mark of what the page shows
  var own = false; // the reader has done something here: the next look learns what that changed
  function heard(answer) {
    if (answer.url.indexOf("/_dash-update-component") < 0 || !answer.ok) return;
    var mark = answer.headers.get("X-News");
    own = !mark && known !== null;
    if (!mark) return;
    known = mark;
    tell("");
  }
  function tell(what) {
    var place = document.getElementById("news");
    if (place) place.replaceChildren(what);
  }
  function writes() {
    if (document.activeElement.matches("main :is(input, select, textarea)")) return true;
    return Array.prototype.some.call(document.querySelectorAll("main textarea"), function (each) {
      return each.value.trim() !== "";
    });
  }
  function look() {
    var place = document.getElementById("news");
    if (!place || known === null || document.hidden || place.querySelector("button") || writes()) return;
    ask.call(window, "/neues?seite=" + encodeURIComponent(location.pathname)).then(function (answer) {
      return answer.ok ? answer.text() : known;
    }).then(function (mark) {
      if (own) known = mark;
      own = false;
      if (mark !== known && !writes()) offer(place);
    }).catch(function () {}); // the next look will tell
  }
  function offer(place) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "primary";
    button.textContent = place.dataset.news;
    button.addEventListener("click", function () {
      document.getElementById("main").focus({ preventScroll: true });
      tell("");
      renew(function () { tell(renewed(place)); });
    });
    tell(button);
  }
  // Dash draws the page anew: what was open stays open, what was read stays where it is.
  function renew(done) {
    var opened = all("main details").map(function (each) { return each.open; });
    var sections = all("main section"), read = sections.findIndex(function (each) {
      return each.getBoundingClientRect().bottom > 80;
    });
    var top = read < 0 ? 0 : sections[read].getBoundingClientRect().top;
    var watcher = new MutationObserver(function () {
      watcher.disconnect();
      all("main details").forEach(function (each, place) { if (opened[place]) each.open = true; });
      var now = read < 0 ? null : all("main section")[read];
      if (now) window.scrollBy(0, now.getBoundingClientRect().top - top);
      done();
    });
    watcher.observe(document.getElementById("_pages_content"), { childList: true, subtree: true });
    window.dash_clientside.set_props("_pages_location", { search: location.search });
  }
  function all(what) { return Array.from(document.querySelectorAll(what)); }
  function renewed(place) {
    var told = document.createElement("span");
    told.className = "heard";
    told.textContent = place.dataset.renewed;
    return told;
  }
  setInterval(look, LOOKS);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("input", function (event) {
    if (event.target.matches("main textarea")) tell("");
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startTheme);
  else startTheme();
})();
