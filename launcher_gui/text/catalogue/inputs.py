"""What is wrong with links, folders, file names, hashes and lists that the user gives, and what is allowed.

A problem is the end of a sentence that begins with the field: "The link" + "is empty".
"""

TEMPLATES: dict[str, str] = {
    # fields
    "field.link": "link",
    "field.folder": "folder",
    "field.name": "file name",
    # problems of several fields
    "input.empty": "is empty",
    "input.missing": "is missing",
    "input.not_text": "is not text",
    "input.not_texts": "is not a list of texts",
    "input.invisible": "contains an invisible character",
    "input.add_again": "Add the download again",
    # links
    "link.too_long": "is longer than {limit} characters",
    "link.space": "contains a space or an invisible character",
    "link.backslash": "contains a backslash",
    "link.not_valid": "is not a valid web address",
    "link.not_full": "is not a complete web address",
    "link.site_form": "is not of the form {form}",
    "link.scheme": "uses {scheme}:, which is not supported",
    "link.port": "has a port that is not a number from 1 to 65535",
    "link.no_host": "has no host",
    "link.host": "has an invalid host name",
    "link.paste_full": "Paste the complete link, which begins with {schemes} or {last}",
    # folders
    "folder.unknown_user": "names an unknown user",
    "folder.choose_target": "Choose the folder to save the file in",
    # file names
    "name.separator": "contains a path separator (/ or \\)",
    "name.forbidden": "contains one of {characters}, which Windows does not allow",
    "name.dots": "refers to a folder",
    "name.ends_with_dot": "ends with a dot",
    "name.space": "begins or ends with a space",
    "name.device": "is the name of a device on Windows",
    "name.partial": "ends like the name of a partial file",
    "name.too_long": "is longer than {limit} bytes",
    "name.choose_plain": "Choose a plain file name, or leave it empty to use the one in the link",
    # hashes
    "hash.not_hex": "is not 64 hexadecimal digits",
    "hash.enter_all": "Enter all 64 hexadecimal digits, or leave it empty",
    "hash.for_mirrors": "Enter it: only a hash proves that mirrors have the same file",
    # lists of links
    "list.too_long": "The list has more than {limit} lines. Split it.",
    "list.mirror_without_file": "The line is indented like a mirror, but there is no file above it.",
    "list.same_name": "The file would have the same name as in line {line}: {name}. Give one of them another name.",
    "list.too_large": "it is larger than {limit_bytes}",
    "list.not_utf8": "it is not text in UTF-8",
}
