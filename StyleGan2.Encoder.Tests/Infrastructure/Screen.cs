using System.Text;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>
/// What a terminal shows after a program's output: lines, carriage returns, and the ANSI codes that move the cursor or erase.
/// </summary>
internal sealed class Screen
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;

    private Screen()
    {
    }

    /// <summary>The lines on the screen, trailing spaces cut off.</summary>
    internal static string[] After(string output)
    {
        Screen screen = new();
        for (int i = 0; i < output.Length; i++)
        {
            if (output[i] == '\e' && i + 1 < output.Length && output[i + 1] == '[')
            {
                int end = i + 2;
                while (end < output.Length && output[end] is < '@' or > '~')
                {
                    end++;
                }

                screen.Control(output[Math.Min(end, output.Length - 1)], output[(i + 2)..end]);
                i = end;
            }
            else
            {
                screen.Put(output[i]);
            }
        }

        return [.. screen._lines.Select(l => l.ToString().TrimEnd())];
    }

    private void Put(char character)
    {
        switch (character)
        {
            case '\n':
                MoveTo(_row + 1);
                break;
            case '\r':
                _column = 0;
                break;
            default:
                StringBuilder line = _lines[_row];
                line.Append(' ', Math.Max(0, _column + 1 - line.Length));
                line[_column++] = character;
                break;
        }
    }

    private void Control(char code, string argument)
    {
        int count = int.TryParse(argument, out int number) ? number : 1;
        switch (code)
        {
            case 'A':
                MoveTo(Math.Max(0, _row - count));
                break;
            case 'B':
                MoveTo(_row + count);
                break;
            case 'K':
                StringBuilder line = _lines[_row];
                int from = argument is "" or "0" ? Math.Min(_column, line.Length) : 0;
                line.Length = from;
                break;
            case 'J':
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
        }
    }

    private void MoveTo(int row)
    {
        _row = row;
        while (_lines.Count <= row)
        {
            _lines.Add(new StringBuilder());
        }
    }
}
