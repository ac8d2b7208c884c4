using System.Text;
using Scriban.Runtime;

namespace Kinopress.Themes.Rendering;

/// <summary>The text printed so far: bounded, and able to say what the next value will stand in.</summary>
internal sealed class PageOutput(int maxCharacters) : IScriptOutput
{
    private const int LongestAttributeName = 16;

    private static readonly string[] AddressAttributes =
        ["href", "src", "action", "formaction", "poster", "data", "cite", "ping", "background", "xlink:href"];

    private readonly StringBuilder _text = new(1024);

    public void Write(string text, int offset, int count)
    {
        if (_text.Length + count > maxCharacters)
        {
            throw new LimitException($"The page is longer than {maxCharacters} characters.");
        }

        _text.Append(text, offset, count);
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }

    public OutputPlace FindPlace()
    {
        var length = _text.Length;
        if (length == 0)
        {
            return OutputPlace.Text;
        }

        var last = _text[length - 1];
        if (last == '=')
        {
            return EndsWithAddressAttribute(length - 1) ? OutputPlace.UnquotedAddress : OutputPlace.Unquoted;
        }

        var isQuoted = last is '"' or '\'' && length > 1;
        return isQuoted && EndsWithAssignedAddressAttribute(length - 1) ? OutputPlace.Address : OutputPlace.Text;
    }

    /// <summary>The text, leaving the output empty for the next file.</summary>
    public string TakeText()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    private bool EndsWithAssignedAddressAttribute(int end)
    {
        var equals = SkipSpacesBack(end);
        return equals > 0 && _text[equals - 1] == '=' && EndsWithAddressAttribute(SkipSpacesBack(equals - 1));
    }

    private bool EndsWithAddressAttribute(int end)
    {
        var start = end;
        while (start > 0 && end - start <= LongestAttributeName && (char.IsAsciiLetter(_text[start - 1]) || _text[start - 1] == ':'))
        {
            start--;
        }

        return start < end && AddressAttributes.Contains(_text.ToString(start, end - start), StringComparer.OrdinalIgnoreCase);
    }

    private int SkipSpacesBack(int end)
    {
        while (end > 0 && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return end;
    }
}

/// <summary>Where in the markup a value is about to be printed.</summary>
internal enum OutputPlace
{
    /// <summary>Element content or a quoted attribute.</summary>
    Text,

    /// <summary>The beginning of a quoted <c>href</c>, <c>src</c> or the like.</summary>
    Address,

    /// <summary>An attribute value without quotes.</summary>
    Unquoted,

    /// <summary>The beginning of an address without quotes.</summary>
    UnquotedAddress,
}
