"""What sites answer: refusals and their remedies, tokens, and the keyring.

Codes that begin with ``site.`` fit every site and take its name; those of one site begin with the site's name.
"""

TEMPLATES: dict[str, str] = {
    # why a site refuses
    "site.token_refused": "{site} did not accept the token",
    "site.sign_in": "{site} requires you to sign in to download this file",
    "site.gated": "{repository} is gated: sign in and accept its licence first",
    "site.licence_needed": "{repository} is gated: accept its licence first",
    "site.no_file": "{repository} has no such file",
    "site.no_revision": "{repository} has no such revision",
    "site.no_repository": "{site} has no public repository {repository}",
    "site.no_repository_for_token": "{site} has no repository {repository} that your token can access",
    "site.disabled": "{site} has disabled {repository}",
    "site.rate_limited": "{site} has received too many requests (rate limited)",
    "site.bad_answer": "{site} sent an invalid response",
    "site.not_json": "the site sent an invalid response: it is not JSON",
    "site.broken_link": "the site redirected to a link that answers {status}",
    "site.other_hash": "{site} lists another {algorithm} for this file than the one you gave",
    # what you can do about it
    "site.add_token": "Create a token at {token_page}, add it in Settings > Accounts (or set {variable}), then resume",
    "site.new_token": (
        "Create a new token at {token_page}, add it in Settings > Accounts (or set {variable}), then resume"
    ),
    "site.accept_licence": "Accept the licence at {page} with the account of your token, then resume",
    "site.accept_licence_and_add_token": (
        "Accept the licence at {page}, create a token at {token_page}, add it in Settings > Accounts (or set "
        "{variable}), then resume"
    ),
    "site.look_for_file": "Look for the file at {page}",
    "site.check_revision": "Check the revision at {page}, or leave it out",
    "site.check_link": "Check the link",
    "site.check_link_or_add_token": "Check the link, or add a token in Settings > Accounts (or set {variable})",
    "site.other_copy": "Look for another copy of the model",
    "site.wait": "Wait until the limit is reset",
    "site.wait_or_add_token": (
        "Wait until the limit is reset, or create a token at {token_page} and add it in Settings > Accounts (or set "
        "{variable}) for a higher limit"
    ),
    "site.resume_later": "Resume later: the site hands out links that do not work at present",
    "site.compare_hash": "Compare the {algorithm} with the one on the model page, or leave it out",
    "site.bad_endpoint": "is not the address of a site",
    "site.endpoint_form": "Use an address like {example}",
    # Civitai
    "civitai.early_access": "the model is in early access: {site} offers it only to those who paid for it",
    "civitai.early_access_until": (
        "the model is in early access until {day}: {site} offers it only to those who paid for it"
    ),
    "civitai.unlock": "Unlock it at {page} with the account of your token, or resume when early access has ended",
    "civitai.not_offered": "the model's creator does not allow downloads",
    "civitai.other_version": "Choose another version at {page}",
    # GitHub
    "github.no_file": "the release of {repository} has no file {name}",
    "github.no_release": "{repository} has no such public release",
    # tokens
    "token.field": "token",
    "token.empty": "is empty",
    "token.not_sendable": "contains characters that a token cannot have",
    "token.copy": "Copy it from {token_page}",
    "token.from_environment": "is set by the environment variable {variable}",
    "token.change_variable": "Change that variable, then restart",
    "token.no_site": "is not a site with tokens",
    "token.use_sites": "Use one of {sites}",
    "token.none": "There is no token for {site} to test.",
    "token.not_private": "The token is not sent to {host}: the address is not https.",
    "token.accepted": "{site} knows you as {name}.",
    "token.no_account": "{site} did not tell whose token it is",
    "token.not_saved": ("The token for {site} was not saved: {problem}. Set {variable} in the environment instead."),
    # the keyring
    "keyring.missing": "no keyring found",
    "keyring.locked": "the keyring is locked",
    "keyring.no_answer": "the keyring does not respond (it may be locked)",
    "keyring.not_saved": "the keyring did not save the token",
    "keyring.failed": "the keyring failed with {error}",
}
