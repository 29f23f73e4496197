"""Carriers and older IVRs that fetch VoiceXML 2.1, by addresses that are signed."""
