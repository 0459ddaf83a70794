"""Other names under which people look for options, commands and formats."""

from collections.abc import Iterator, Mapping

__all__ = ["COMMANDS", "EXAMPLE_VALUES", "FORMAT_NAMES", "OPTIONS", "Meant", "meant_by"]

Meant = tuple[str, str]
"""A purpose, as the start of a sentence, and the other names, separated by spaces."""

OPTIONS: dict[str, Meant] = {
    "--export FILE": ("To write to a file", "output out outfile write save-as print -O"),
    "--answers FILE": ("To read answers from a file", "input in infile file from answer -i"),
    "--resume FILE": ("To continue from a file", "continue load open -r"),
    "--save FILE": ("To save the answers as you go", "draft autosave -s"),
    "--questions PATH": ("For another questionnaire", "questionnaire question survey -Q"),
    "--for someone": ("For someone else", "someone other family proxy them"),
    "--for me": ("For yourself", "me self myself"),
    "--plain": ("For screen readers, and without colors", "no-color no-colors nocolor accessible screen-reader ascii"),
    "--force": ("To overwrite existing files", "overwrite replace yes clobber -y"),
    "--private": ("To leave nothing behind", "no-save incognito secret delete"),
    "--full": ("For the full report", "all long details verbose report"),
    "--paper a4": ("For another paper size", "a4 papersize page-size size"),
    "--result FILE": ("To mark what a result points to", "results answers saved -r"),
    "--version": ("For the version", "ver -v"),
    "--help": ("For help", "usage -?"),
}
"""The options that people look for under other names, and those names; one letter alone has its hyphen."""

COMMANDS: dict[str, Meant] = {
    "assess": ("To answer the questions", "start run begin ask quiz test interview survey questionnaire score"),
    "hotlines": (
        "For the phone numbers",
        "911 988 crisis emergency help-me numbers number phone call contacts sos hotline",
    ),
    "assess --resume FILE": ("To continue from a draft", "resume continue"),
    "show RESULT.json --export page.pdf": ("To write a saved result to a file", "export print pdf save convert render"),
    "show RESULT.json": ("To show a saved result", "open view read result report display load"),
    "compare OLD.json NEW.json": ("To compare two results", "diff difference changes"),
    "check PATH": ("To check a questionnaire", "validate lint verify"),
    "new FILE": ("To start a questionnaire", "init create template"),
    "questions": ("For a list of the questions", "list ls question"),
    "options": ("To compare the options of care", "choices care programs treatment"),
    "about": ("For where it comes from", "info license authors who"),
    "--version": ("For the version", "version ver"),
    "completion bash": ("For completion in a shell", "complete completions autocomplete"),
}
"""The commands that people look for under other names, and those names."""

FORMAT_NAMES = {"md": "markdown", "txt": "plain", "htm": "html", "term": "text", "terminal": "text", "ascii": "plain"}
EXAMPLE_VALUES = {
    "--answers": "answers.yaml",
    "--examples": "people",
    "--export": "page.pdf",
    "--on": "2026-12-31",
    "--questions": "mine.yaml",
    "--result": "result.json",
    "--resume": "draft.json",
    "--save": "draft.json",
    "--witness": "answers.yaml",
}
"""A value for an example of each option that takes a file or a day."""


def meant_by(word: str, table: Mapping[str, Meant]) -> Iterator[tuple[str, str]]:
    """Yield the right names for another name, each with its purpose."""
    return ((right, purpose) for right, (purpose, names) in table.items() if word in names.split())
