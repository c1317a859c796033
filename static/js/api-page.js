// Trying requests out is for who asks: the page already says everything without this script, and
// Swagger UI is heavy, so it comes on demand. Every word and every address comes from the page.
"use strict";

{
  const trial = document.querySelector("[data-trial]");
  const button = trial.querySelector("button");

  function load(tag, attributes) {
    return new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await Promise.all([
        load("link", { rel: "stylesheet", href: trial.dataset.style }),
        load("script", { src: trial.dataset.script }),
      ]);
      // No validator: it would send our address to someone else's site.
      window.SwaggerUIBundle({
        url: trial.dataset.schema,
        domNode: trial.querySelector("[data-trial-place]"),
        validatorUrl: null,
        supportedSubmitMethods: ["get"],
      });
      button.hidden = true;
    } catch {
      button.disabled = false;
      trial.querySelector("[data-trial-failure]").hidden = false;
    }
  });
  trial.hidden = false;
}
