"""Make captions: narrations and caption files go in; cues, their files, their times and their markup come out."""

from assetgen.captions.aligning import aligned
from assetgen.captions.cue import NARROW, SQUARE, VERTICAL, WIDE, Cue, Form, form_of, remarks, word_times
from assetgen.captions.files import read_cues, srt, vtt
from assetgen.captions.markup import caption_markup
from assetgen.captions.pace import reading_seconds, speech_seconds
from assetgen.captions.splitting import cues_from_text, fitted

__all__ = [
    "NARROW",
    "SQUARE",
    "VERTICAL",
    "WIDE",
    "Cue",
    "Form",
    "aligned",
    "caption_markup",
    "cues_from_text",
    "fitted",
    "form_of",
    "read_cues",
    "reading_seconds",
    "remarks",
    "speech_seconds",
    "srt",
    "vtt",
    "word_times",
]
