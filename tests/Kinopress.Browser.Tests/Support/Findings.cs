namespace Kinopress.Browser.Tests.Support;

/// <summary>Faults found on the way round the site, all told at once.</summary>
internal static class Findings
{
    public static void AssertNone(IReadOnlyCollection<string> findings) =>
        Assert.True(findings.Count == 0, $"{findings.Count} found:{Environment.NewLine}{string.Join(Environment.NewLine, findings.Distinct(StringComparer.Ordinal))}");
}
