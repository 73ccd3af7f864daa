"""What is wrong with the store, and what to do about it."""

TEMPLATES: dict[str, str] = {
    "store.unusable": "The store {path} {problem}. {remedy}.",
    "store.unusable_here": "The store {problem}. {remedy}.",
}
