// The map that answers. The page already holds a drawing and the whole list: without this script,
// or when its data does not come, they stay. Every word and every address comes from the page.
"use strict";

{
  const { still, NEAR, POPUP, element, stamp, icon, getJSON } = Land;
  const LAYERS = ["villages", "telecentres", "solos", "communes"];
  const NO_LAYER = "aucun"; // an empty `calques=` would read as "all of them"
  const PARTED = 11; // from there each sign stands for itself
  const CLUSTER_RADIUS = { villages: 20, telecentres: 20, solos: 36 };

  const canvas = document.querySelector("[data-map]");
  const words = { ...document.getElementById("map-words")?.dataset, ...document.getElementById("map-page-words")?.dataset };
  const language = document.documentElement.lang;
  const whole = new Intl.NumberFormat(language);
  const oneDecimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  // ---- The address: ?calques=villages,solos&lieu=09122#10/42.96/1.60 -----------------------------

  function readAddress() {
    const query = new URLSearchParams(location.search);
    const named = query.getAll("calques").join(",").split(",").filter(Boolean);
    const view = /^#(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/.exec(location.hash);
    return {
      layers: new Set(named.length ? LAYERS.filter((layer) => named.includes(layer)) : LAYERS),
      place: (query.get("lieu") || "").toUpperCase(),
      view: view && { zoom: Number(view[1]), lat: Number(view[2]), lng: Number(view[3]) },
    };
  }

  function writeAddress({ layers, place, view }) {
    const query = [];
    if (layers.size < LAYERS.length) {
      query.push(`calques=${LAYERS.filter((layer) => layers.has(layer)).join(",") || NO_LAYER}`);
    }
    if (place) query.push(`lieu=${encodeURIComponent(place)}`);
    const hash = view ? `#${Number(view.zoom.toFixed(2))}/${view.lat.toFixed(4)}/${view.lng.toFixed(4)}` : "";
    return `${location.pathname}${query.length ? "?" : ""}${query.join("&")}${hash}`;
  }

  // ---- Pieces of page: what is read from data only ever enters as text ---------------------------

  function sign(kind) {
    const svg = stamp("map-sign");
    svg.firstElementChild.setAttribute("href", `#sign-${kind}`);
    return svg;
  }

  function fill(id, data) {
    const node = stamp(id);
    for (const field of node.querySelectorAll("[data-field]")) {
      const { field: name, href, lang } = field.dataset;
      field.textContent = data[name];
      if (href) field.href = data[href];
      if (lang && data[lang] !== language) field.lang = data[lang];
      if (!data[name]) (field.closest("[data-optional]") || field).remove();
    }
    for (const list of node.querySelectorAll("[data-list]")) {
      const rows = data[list.dataset.list].map((row) => fill(list.dataset.row, row));
      list.append(...rows);
      if (!rows.length) list.remove();
    }
    if (data.kind) node.querySelector("[data-sign]")?.replaceWith(sign(data.kind));
    return node;
  }

  // ---- Signs of villages, work places and solos --------------------------------------------------

  function face(kind, count, spoken) {
    const node = element("span", "map-face");
    node.append(sign(kind));
    if (count > 1) node.append(element("span", "map-number", whole.format(count)));
    node.append(element("span", "visually-hidden", spoken));
    return node;
  }

  // Signs of one commune stand side by side, so that none hides another: by how many widths.
  function sideBySide(features) {
    const communes = new Map();
    const shifts = new Map();
    for (const { id, properties: { insee } } of features) communes.set(insee, [...(communes.get(insee) || []), id]);
    for (const ids of communes.values()) ids.forEach((id, rank) => shifts.set(id, rank - (ids.length - 1) / 2));
    return shifts;
  }

  function clusterIcon(cluster) {
    const entries = cluster.getAllChildMarkers().map((marker) => marker.options.entry);
    const { kind, layer } = entries[0];
    const count = entries.reduce((sum, entry) => sum + (entry.people.length || 1), 0);
    const label = words[`layer${layer[0].toUpperCase()}${layer.slice(1)}`];
    return icon(face(kind, count, `${label}, ${whole.format(count)}, ${words.enlarge}`), `kind-${kind} is-group`);
  }

  function clusterGroup(layer) {
    return L.markerClusterGroup({
      maxClusterRadius: CLUSTER_RADIUS[layer], disableClusteringAtZoom: PARTED, spiderfyOnMaxZoom: false,
      showCoverageOnHover: false, animate: !still, iconCreateFunction: clusterIcon,
    });
  }

  function makeMarker({ id, properties: entry, geometry }, shift) {
    const spoken = [...new Set([entry.name, entry.what, entry.commune])].join(", ");
    const node = face(entry.kind, entry.people.length, spoken);
    node.dataset.key = id;
    const marker = L.marker(L.GeoJSON.coordsToLatLng(geometry.coordinates), {
      icon: icon(node, `kind-${entry.kind}${entry.kind === "open" && !entry.note ? " is-exact" : ""}`), entry, riseOnHover: true,
    });
    marker.on("add", () => marker.getElement().style.setProperty("--shift", shift));
    const shown = { ...entry, commune: entry.commune === entry.name ? "" : entry.commune };
    return marker.bindPopup(() => fill("popup-entry", shown), POPUP);
  }

  // ---- The map -----------------------------------------------------------------------------------

  class TerritoryMap extends Land.Map {
    constructor() {
      super(canvas, words);
      this.state = readAddress();
    }

    async draw(contours, points) {
      await super.draw(contours);
      this.entries = points.features.map((feature) => feature.properties);
      for (const [code, shape] of this.communes) shape.on("click", () => this.choosePlace(code, { move: false }));
      this.drawSigns(points.features.filter((feature) => feature.geometry));
      this.restore();
      this.map.on("moveend", () => this.afterMove());
    }

    drawSigns(features) {
      const shifts = sideBySide(features);
      this.groups = new Map(Object.keys(CLUSTER_RADIUS).map((layer) => [layer, clusterGroup(layer)]));
      this.markers = new Map();
      for (const feature of features) {
        const marker = makeMarker(feature, shifts.get(feature.id));
        this.markers.set(feature.id, marker);
        this.groups.get(feature.properties.layer).addLayer(marker);
      }
      for (const group of this.groups.values()) group.on("animationend", () => this.arrangeSoon());
    }

    // ---- What is shown, and the address that says it

    restore() {
      const said = readAddress();
      Object.assign(this.state, said);
      this.restoring = true;
      this.map.closePopup();
      this.showLayers();
      if (said.view) this.map.setView(said.view, said.view.zoom, { animate: false });
      else this.showAll({ animate: false });
      this.choosePlace(said.place, { move: !said.view, animate: false });
      this.arrange();
      this.restoring = false;
    }

    remember(how) {
      const next = writeAddress(this.state);
      if (!this.restoring && next !== location.pathname + location.search + location.hash) history[how](null, "", next);
    }

    afterMove() {
      if (this.restoring) return;
      this.state.view = { zoom: this.map.getZoom(), ...this.map.getCenter() };
      this.remember("replaceState");
    }

    goHome() {
      this.state.place = "";
      this.markPlace();
      super.goHome();
    }

    switchLayer(layer, isOn) {
      this.state.layers[isOn ? "add" : "delete"](layer);
      this.showLayers();
      this.remember("pushState");
    }

    showLayers() {
      const { layers } = this.state;
      for (const [layer, group] of this.groups) this.map[layers.has(layer) ? "addLayer" : "removeLayer"](group);
      canvas.classList.toggle("is-unshaded", !layers.has("communes"));
      for (const box of document.querySelectorAll("input[name=calques]")) box.checked = layers.has(box.value);
      for (const section of document.querySelectorAll("[data-layer]")) section.hidden = !layers.has(section.dataset.layer);
      this.arrangeSoon();
    }

    choosePlace(code, { move = true, animate = !still } = {}) {
      const shape = this.communes.get(code);
      this.state.place = shape ? code : "";
      this.markPlace();
      if (!shape) return;
      this.remember("pushState");
      const { centre } = shape.feature.properties;
      const at = centre ? L.GeoJSON.coordsToLatLng(centre.coordinates) : shape.getBounds().getCenter();
      if (move) this.map.fitBounds(shape.getBounds(), { padding: [48, 48], maxZoom: NEAR, animate });
      L.popup({ ...POPUP, offset: [0, -22] }).setLatLng(at).setContent(this.communePopup(code)).openOn(this.map);
    }

    markPlace() {
      for (const [code, shape] of this.communes) shape.getElement().classList.toggle("is-chosen", code === this.state.place);
      this.communes.get(this.state.place)?.bringToFront();
    }

    communePopup(code) {
      const { name, population, density } = this.communes.get(code).feature.properties;
      const here = this.entries.filter((entry) => entry.insee === code);
      return fill("popup-commune", {
        name,
        url: canvas.dataset.commune.replace("00000", code),
        population: population === null ? "" : whole.format(population),
        density: density === null ? "" : oneDecimal.format(density),
        here: here.map((entry) => ({ ...entry, label: entry.layer === "telecentres" ? entry.name : entry.what })),
      });
    }

    // ---- From the list to the map and back

    showEntry(key) {
      const marker = this.markers.get(key);
      const { layer, insee } = marker.options.entry;
      this.state.layers.add(layer);
      this.state.place = insee;
      this.showLayers();
      this.markPlace();
      this.remember("pushState");
      canvas.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
      this.map.setView(marker.getLatLng(), Math.max(this.map.getZoom(), NEAR), { animate: false });
      this.groups.get(layer).zoomToShowLayer(marker, () => {
        marker.openPopup();
        this.live.querySelector(".leaflet-popup-content a")?.focus({ preventScroll: true });
      });
    }

    lightSign(key, isLit) {
      const marker = this.markers.get(key);
      const group = marker && this.groups.get(marker.options.entry.layer);
      if (!group || !this.map.hasLayer(group)) return;
      group.getVisibleParent(marker)?.getElement()?.classList.toggle("is-lit", isLit);
    }

    lightCommune(code, isLit) {
      const shape = this.communes.get(code);
      shape?.getElement().classList.toggle("is-lit", isLit);
      if (isLit) shape?.bringToFront();
    }
  }

  function lightLine(node, isLit) {
    const key = node.querySelector("[data-key]")?.dataset.key;
    if (key) document.querySelector(`.map-entry[data-key="${CSS.escape(key)}"]`)?.classList.toggle("is-lit", isLit);
  }

  function answerEachOther(map) {
    const pairs = [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]];
    for (const [event, isLit] of pairs) {
      document.getElementById("liste").addEventListener(event, ({ target }) => {
        const line = target.closest("[data-insee]");
        if (!line) return;
        map.lightCommune(line.dataset.insee, isLit);
        if (line.dataset.key) map.lightSign(line.dataset.key, isLit);
      });
      map.live.addEventListener(event, ({ target }) => {
        const marker = target.closest(".map-marker");
        if (marker) lightLine(marker, isLit);
      });
    }
    document.getElementById("liste").addEventListener("click", (event) => {
      const line = event.target.closest("[data-locate]")?.closest("[data-key]");
      if (!line || !map.markers.has(line.dataset.key)) return;
      event.preventDefault();
      map.showEntry(line.dataset.key);
    });
  }

  // ---- The search field: a combobox whose list the server proposes -------------------------------

  class PlaceSearch {
    constructor(form, choose) {
      this.input = form.elements.q;
      this.choose = choose;
      this.places = [];
      this.active = -1;
      this.list = element("ul", "map-suggestions");
      this.list.id = "carte-suggestions";
      this.list.hidden = true;
      this.status = element("p", "visually-hidden");
      this.status.setAttribute("role", "status");
      form.append(this.list, this.status);
      const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
      for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", words.suggestions);
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.close());
      form.addEventListener("submit", (event) => this.submit(event));
    }

    later() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.propose().catch(() => this.close()), 160);
    }

    async propose() {
      this.asking?.abort();
      this.asking = new AbortController();
      const text = this.input.value.trim();
      const answer = text.length < 2 ? { places: [] } : await getJSON(`${canvas.dataset.places}?q=${encodeURIComponent(text)}`, this.asking.signal);
      this.places = answer.places;
      this.list.replaceChildren(...this.places.map((place, rank) => this.option(place, rank)));
      this.status.textContent = text.length < 2 ? "" : this.places.length ? words.some : words.none;
      this.activate(-1);
      this.open(this.places.length > 0 && document.activeElement === this.input);
    }

    option(place, rank) {
      const node = element("li", "", place.name);
      node.id = `carte-suggestion-${rank}`;
      node.setAttribute("role", "option");
      if (place.note) node.append(" ", element("span", "note", place.note));
      node.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
      node.addEventListener("click", () => this.take(place));
      return node;
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && this.places.length) {
        event.preventDefault();
        this.open(true);
        this.activate((this.active + step + this.places.length) % this.places.length);
      } else if (event.key === "Escape") this.close();
    }

    activate(rank) {
      this.active = rank;
      [...this.list.children].forEach((node, other) => node.setAttribute("aria-selected", String(other === rank)));
      if (rank < 0) this.input.removeAttribute("aria-activedescendant");
      else this.input.setAttribute("aria-activedescendant", this.list.children[rank].id);
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    close() {
      this.open(false);
      this.activate(-1);
    }

    // The first proposal is what was meant; when there is none, the server's page explains.
    async submit(event) {
      event.preventDefault();
      clearTimeout(this.waiting);
      try {
        if (this.active < 0) await this.propose();
      } catch {
        this.places = [];
      }
      const place = this.places[Math.max(this.active, 0)];
      if (place) this.take(place);
      else event.target.submit();
    }

    take(place) {
      this.input.value = place.name;
      this.close();
      this.choose(place.insee);
    }
  }

  // ---- Start -------------------------------------------------------------------------------------

  async function begin(contours, points) {
    const map = new TerritoryMap();
    await map.draw(contours, points);
    canvas.classList.add("is-live");
    for (const box of document.querySelectorAll("input[name=calques]")) {
      box.addEventListener("change", () => map.switchLayer(box.value, box.checked));
    }
    for (const node of document.querySelectorAll("[data-without-script]")) node.hidden = true;
    answerEachOther(map);
    new PlaceSearch(document.getElementById("map-form"), (code) => {
      map.choosePlace(code);
      map.live.querySelector(".leaflet-popup-content a")?.focus({ preventScroll: true });
    });
    addEventListener("popstate", () => {
      if (!location.hash || readAddress().view) map.restore(); // other hashes are links inside the page
    });
  }

  if (canvas && window.L) {
    const { contours, points } = canvas.dataset;
    Promise.all([getJSON(contours), getJSON(points)])
      .then(([communes, signs]) => begin(communes, signs))
      .catch((error) => {
        console.warn(error);
        canvas.append(element("p", "map-failed", words.failed));
      });
  }
}
