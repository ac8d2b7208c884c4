namespace Kinopress.Architecture.Tests.Support;

/// <summary>Assertions whose message is the list of what broke the rule.</summary>
internal static class Expect
{
    public static void None(string rule, IEnumerable<string> offenders)
    {
        var list = offenders.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(list.Count == 0, $"{rule}\n  {string.Join("\n  ", list)}");
    }

    /// <summary>An exemption nobody needs any more has to go, or it hides the next offender.</summary>
    /// <param name="exempt">Names with the reason of each.</param>
    public static void OnlyExempt(string rule, IEnumerable<string> offenders, IReadOnlyDictionary<string, string> exempt)
    {
        var found = offenders.ToHashSet(StringComparer.Ordinal);
        None(rule, found.Where(offender => !exempt.ContainsKey(offender)));
        None($"{rule} These exemptions are not needed any more:", exempt.Keys.Where(name => !found.Contains(name)));
    }
}
