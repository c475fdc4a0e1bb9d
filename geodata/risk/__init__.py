"""Grades with reasons: facts by SQL, thresholds from the layers' declarations, overlays by township."""
