using System.Text.RegularExpressions;
using Kinopress.Architecture.Tests.Support;
using Kinopress.Core.Foundation;

namespace Kinopress.Architecture.Tests;

/// <summary>Rule 8: the map is true. Also rule 6: every run of all tests includes both databases.</summary>
public sealed partial class MapTests
{
    private const string Map = "docs/ARCHITECTURE.md";
    private const string Configuration = "docs/configuration.md";

    private static readonly string[] DocumentedFolders = ["src/", "themes/", "tests/", "docs/", "eng/", ".ci/", ".config/"];

    [Fact]
    public void The_map_names_every_folder() => Expect.None("A folder is not on the map:", MissingFrom(Repository.Read(Map), Folders()));

    [Fact]
    public void The_map_names_no_folder_that_is_gone() => Expect.None("The map names what is not there:", Gone(Repository.Read(Map)));

    [Fact]
    public void Every_boot_option_is_documented() => Expect.None("A boot option is not in docs/configuration.md:", Undocumented(Repository.Read(Configuration)));

    [Fact]
    public void Links_between_documents_lead_somewhere() =>
        Expect.None(
            "A link leads nowhere:",
            Repository.Files().Where(path => path.EndsWith(".md", StringComparison.Ordinal)).SelectMany(path =>
                Link().Matches(Repository.Read(path)).Select(match => match.Groups["to"].Value)
                    .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith('#') && !to.StartsWith("mailto:", StringComparison.Ordinal))
                    .Where(to => !Repository.Has(Path.Combine(Path.GetDirectoryName(path) ?? "", to.Split('#')[0])))
                    .Select(to => $"{path} → {to}")));

    [Fact]
    public void Every_decision_is_in_the_list() =>
        Expect.None(
            "A decision is not in docs/decisions/README.md:",
            Repository.Files("docs/decisions").Select(path => Path.GetFileName(path))
                .Where(name => name != "README.md" && !Repository.Read("docs/decisions/README.md").Contains($"({name})", StringComparison.Ordinal)));

    [Fact]
    public void A_run_of_all_tests_includes_both_databases()
    {
        var ci = Repository.Read("eng/ci");

        Assert.Contains("eng/ci", Repository.Read("test"), StringComparison.Ordinal);
        Assert.Matches(@"Kinopress\.Server\.Tests[\s)]", ci);
        Assert.Matches(@"Kinopress\.Server\.Tests@postgres[\s)]", ci);
        Assert.Contains("KINOPRESS_TEST_DATABASE=postgres", ci, StringComparison.Ordinal);
        Assert.Contains("eng/migrate --check", ci, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_all_tests_includes_every_suite() =>
        Expect.None(
            "A suite is not run by eng/ci:",
            Repository.Folders(2).Where(path => path.StartsWith("tests/", StringComparison.Ordinal) && path.EndsWith("Tests", StringComparison.Ordinal))
                .Where(path => !Repository.Read("eng/ci").Contains(Path.GetFileName(path), StringComparison.Ordinal)));

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        Assert.Equal(["src/Ghost"], MissingFrom("`src/Kinopress.Core`", ["src/Kinopress.Core", "src/Ghost"]));
        Assert.Equal(["src/Kinopress.Ghost"], Gone("see src/Kinopress.Ghost and `src/Kinopress.Core`"));
        Assert.Equal(["Data", "Postgres"], Undocumented("| `urls` | `KINOPRESS__URLS` |").Where(name => name is "Data" or "Postgres" or "Urls"));
    }

    /// <summary>Two names deep everywhere, and three under src, whose second level is the rooms.</summary>
    private static IEnumerable<string> Folders() =>
        Repository.Folders(1).Concat(Repository.Folders(2)).Concat(Repository.Folders(3).Where(path => path.StartsWith("src/", StringComparison.Ordinal)));

    private static IEnumerable<string> MissingFrom(string map, IEnumerable<string> folders)
    {
        var named = PathOnMap().Matches(map).Select(match => match.Value.TrimEnd('/', '.')).ToHashSet(StringComparer.Ordinal);
        named.UnionWith(named.Select(path => path.Split('/')[0]).ToList());
        return folders.Where(folder => !named.Contains(folder));
    }

    private static IEnumerable<string> Gone(string map) =>
        PathOnMap().Matches(map).Select(match => match.Value.TrimEnd('/', '.'))
            .Where(path => DocumentedFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && !Repository.Has(path));

    private static IEnumerable<string> Undocumented(string text) =>
        typeof(KinopressOptions).GetProperties().Select(property => property.Name)
            .Where(name => !text.Contains($"`{char.ToLowerInvariant(name[0])}{name[1..]}`", StringComparison.Ordinal)
                || !text.Contains($"`KINOPRESS__{name.ToUpperInvariant()}`", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<![\w/.])(src|tests|themes|docs|eng|\.ci|\.config)(/[\w.-]+)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathOnMap();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
