"""What an assistant is given: the functions of the face as tools of the Model Context Protocol, and what to read.

The tools call `archspec` by its public names, as any program does.
"""
