using System.Globalization;

namespace Kinopress.Server.Host;

/// <summary>One or two letters that stand for a name where there is no picture.</summary>
internal static class Initials
{
    public static string Of(string name) => string
        .Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => StringInfo.GetNextTextElement(word)))
        .ToUpperInvariant();
}
