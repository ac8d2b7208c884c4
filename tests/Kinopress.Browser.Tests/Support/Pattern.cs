using System.Text.RegularExpressions;

namespace Kinopress.Browser.Tests.Support;

/// <summary>Regular expressions with the time limit that the house asks for.</summary>
internal static class Pattern
{
    public static Regex Of(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
}
