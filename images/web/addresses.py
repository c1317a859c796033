"""The addresses of what `images` drew: nothing else that lies in the same storage has one."""


class DrawnFileConverter:
    # As images.models.Picture names its files.
    regex = r"images/[0-9a-f]{2}/[0-9a-f]{64}(?:\.jpg|-[0-9]{1,4}\.webp)"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
