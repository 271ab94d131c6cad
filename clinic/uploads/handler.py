"""Taking files off a request: in memory, never on a disk, and no more of them than may be kept."""

from io import BytesIO

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from clinic.documents import MOST_BYTES

MOST_OF_A_REQUEST = 3 * MOST_BYTES


class LimitedHandler(FileUploadHandler):
    """Keeps at most 10 MB of each file. A larger one arrives empty, with the size it had, so that the form can say so.

    A request over 30 MB is not read at all: RequestDataTooBig.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        """Refuse what nobody sends by accident before reading it."""
        if content_length > MOST_OF_A_REQUEST:
            raise RequestDataTooBig("The request is larger than any file that may be kept.")

    def new_file(self, *args, **kwargs):
        """The next file begins."""
        super().new_file(*args, **kwargs)
        self.taken, self.size = BytesIO(), 0

    def receive_data_chunk(self, raw_data, start):
        """Take a piece; once there is too much, let go of all of it."""
        self.size += len(raw_data)
        if self.size > MOST_BYTES:
            self.taken = BytesIO()
        else:
            self.taken.write(raw_data)

    def file_complete(self, file_size):
        """The file as the form sees it."""
        self.taken.seek(0)
        return InMemoryUploadedFile(
            file=self.taken,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=self.size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
