"""The frame of every page and the parts pages are made of.

Pages extend `web/base.html` (blocks `title`, `head`, `hero`, `crumbs`, `main`) or, signed out, `web/landing_base.html`
(`title`, `head`, `bar_links`, `hero_class`, `hero`, `below`). Tags and filters need no loading: `icon`, `status`,
`face`, `pair`, `lock_line`, `note_icon`, `query`, `query_without`; `moment`, `clock`, `day`, `long_day`,
`on_day`, `since`.

Parts, to be included as `web/components/<name>.html` with:

* `errors`: form. The error summary; stands first in `main`. The fields follow as `{{ form }}` or
  `{{ form.name.as_field_group }}`, in a `<form novalidate>`.
* `empty`: heading, text, url, action, level (of the heading; 2).
* `pagination`: page_obj, from `web.tables.paginate`.
* `note`: kind (good, warn, stop, info), text, url, action. `toast`: text, undo_url.
* `tabs`: label, tabs (label, url, current, count), down. `steps`: steps (label, done, current, url).
* `facts`: facts (label, value, basis), roomy. `progress`: text, total, done, percent, id.
* `search`: label, value, placeholder, name (q), id, second; inside a GET form. `export`: url ("" for this page).
* `hero_map`, `next_map`: the contour lines of a hero and of a `.panel.next`.

`web/confirm.html` asks before something that cannot be undone: heading, consequence, details, action, action_url,
hidden, form, keep, keep_url, danger (True unless False is passed). Messages of Django's framework show as notes, or as
a toast with `extra_tags="toast"`.

`wayfellow.js` knows `data-submit-on-change`, `data-close`, `data-start-for` and counters.
"""
