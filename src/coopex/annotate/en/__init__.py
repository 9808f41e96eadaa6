"""The English network: words → pieces → tags, sentences, trees and names."""
