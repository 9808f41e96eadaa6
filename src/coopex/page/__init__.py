"""What a saved news page is made of besides its text: lines, cue words, credit lines, headlines,
date stamps.
"""
