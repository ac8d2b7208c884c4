using System.Text.RegularExpressions;
using Kinopress.Architecture.Tests.Support;

namespace Kinopress.Architecture.Tests;

/// <summary>What others build on: the API's description and the words of themes. A change shows up in review.</summary>
public sealed partial class ContractTests
{
    private const string Snapshot = "docs/api/openapi.json";
    private const string ThemeGuide = "docs/themes/README.md";

    [Fact]
    public async Task The_api_is_what_its_snapshot_says()
    {
        await using var site = new BuiltSite();
        await site.App.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(site.App.Urls.First()) };

        var document = (await client.GetStringAsync("/rest/v1/openapi.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";

        if (Repository.UpdatesSnapshots)
        {
            await File.WriteAllTextAsync(Repository.PathOf(Snapshot), document);
        }

        Assert.True(document == Repository.Read(Snapshot), $"The API changed. If that is meant, run this suite with KINOPRESS_UPDATE_SNAPSHOTS=1 and commit {Snapshot}.");
    }

    [Fact]
    public async Task Every_route_of_the_api_has_a_summary()
    {
        await using var site = new BuiltSite();

        Expect.None(
            "A described route has no summary:",
            site.Routes.Where(route => route.RoutePattern.RawText?.StartsWith("/rest/v1", StringComparison.Ordinal) == true)
                .Where(route => !route.Metadata.OfType<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>().Any())
                .Where(route => !route.Metadata.OfType<Microsoft.AspNetCore.Http.Metadata.IEndpointSummaryMetadata>().Any())
                .Select(route => route.DisplayName ?? ""));
    }

    [Fact]
    public void Every_word_a_theme_sees_is_documented() =>
        Expect.None(
            "docs/themes/README.md lacks a name that templates see:",
            Repository.Files("src/Kinopress.Server/Site").SelectMany(path => Words(Repository.Read(path))).Where(word => !Guide().Contains(word)));

    [Fact]
    public void Every_function_of_themes_is_documented() =>
        Expect.None(
            "docs/themes/README.md lacks a function:",
            FunctionName().Matches(Repository.Read("src/Kinopress.Themes/Functions/FunctionLibrary.cs")).Select(match => match.Groups["name"].Value).Where(name => !Guide().Contains(name)));

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        Assert.Equal(["title", "duration_ms"], Words("""fields["title"] = x; ["duration_ms"] = y; headers["X-Other"] = z;"""));
        Assert.DoesNotContain("no_such_drop", Guide());
    }

    private static IEnumerable<string> Words(string source) => DropName().Matches(source).Select(match => match.Groups["name"].Value);

    private static HashSet<string> Guide() =>
        Quoted().Matches(Repository.Read(ThemeGuide)).SelectMany(match => match.Value.Trim('`').Split(['.', ' ', '[', ']', ',', '"', '(', ')', '{', '}'])).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("""\["(?<name>[a-z][a-z_]*)"\] = """, RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DropName();

    [GeneratedRegex("""Add\("(?<name>[a-z_]+)",""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FunctionName();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
