"""A short answer of each list, for people who read its page: some of its fields.

A test holds them to the OpenAPI document.
"""

EXAMPLES = {
    "/api/v1/communes/": """{
  "next": "…/api/v1/communes/?cursor=…&page_size=1",
  "previous": null,
  "results": [{
    "insee_code": "09122",
    "name": "Foix",
    "population": 9934,
    "centre": {"longitude": 1.61028, "latitude": 42.96529}
  }]
}""",
    "/api/v1/villages/": """{
  "next": null,
  "previous": null,
  "results": [{
    "slug": "auzat",
    "kind": "host",
    "commune": {"insee_code": "09030", "name": "Auzat"},
    "committed_on": "2005-05-02"
  }]
}""",
    "/api/v1/telecentres/": """{
  "next": "…/api/v1/telecentres/?cursor=…&page_size=1",
  "previous": null,
  "results": [{
    "slug": "telecentre-cap-delta",
    "name": "Télécentre Cap Delta",
    "state": "open",
    "takes_bookings": true,
    "tariffs": [{"kind": "desk", "unit": "half_day", "price": "8.00", "group": ""}]
  }]
}""",
    "/api/v1/telecentres/{slug}/availability/": """{
  "day": "2027-03-01",
  "kind": "desk",
  "is_open": true,
  "why": "",
  "offers": [{
    "unit": "half_day",
    "starts_at": "2027-03-01T09:00:00+01:00",
    "ends_at": "2027-03-01T12:00:00+01:00",
    "free": 3,
    "total": 4
  }]
}""",
    "/api/v1/solos/": """{
  "next": "…/api/v1/solos/?cursor=…&page_size=1",
  "previous": null,
  "results": [{
    "slug": "ana-vidal",
    "name": "Ana Vidal",
    "trade": {"slug": "developpement-web", "name": "Développement web"},
    "phone": null
  }]
}""",
    "/api/v1/bookings/": """{
  "next": null,
  "previous": null,
  "results": [{
    "reference": "ANA23456",
    "state": "confirmed",
    "space": "Poste 1",
    "starts_at": "2027-03-01T09:00:00+01:00",
    "ends_at": "2027-03-01T12:00:00+01:00",
    "price": "8.00"
  }]
}""",
}
