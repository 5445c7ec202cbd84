"""Small real files to show as evidence: a page of PDF with a few lines, a drawn picture."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

PAGE = (595, 842)


def pdf(name, lines):
    rows = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
    stream = f"BT /F1 15 Tf 28 TL 72 740 Td\n{rows}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] "
        "/Resources << /Font << /F1 4 0 R >> >> /Contents 6 0 R >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    return SimpleUploadedFile(name, _assemble(objects), "application/pdf")


def _assemble(objects):
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))
    start = out.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode("ascii"))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii"))
    return out.getvalue()


def picture(name, chance):
    image = Image.new("RGB", (480, 320), (196, 214, 228))
    draw = ImageDraw.Draw(image)
    ground = chance.randint(200, 240)
    draw.rectangle((0, ground, 480, 320), fill=(150, 164, 122))
    for left in range(chance.randint(10, 50), 440, chance.randint(90, 150)):
        top = ground - chance.randint(50, 140)
        grey = chance.randint(150, 205)
        draw.rectangle((left, top, left + 70, ground), fill=(grey, grey - 8, grey - 20), outline=(90, 90, 90))
        for y in range(top + 12, ground - 14, 24):
            for x in (left + 12, left + 42):
                draw.rectangle((x, y, x + 14, y + 12), fill=(238, 240, 226))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return SimpleUploadedFile(name, out.getvalue(), "image/png")
