using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Kinopress.Architecture.Tests.Support;
using Kinopress.Core.Foundation;

namespace Kinopress.Architecture.Tests;

/// <summary>Rule 8 for failure codes: the table of docs/api/problems.md and the code say the same.</summary>
public sealed partial class ProblemTests
{
    private const string Table = "docs/api/problems.md";

    private const string Sample = """
        public static Failure Lost { get; } = new(
            FailureKind.NotFound, "sample.lost", "It is lost.");
        public const string BrokenCode = "sample.broken";
        throw new JobFailedException("sample.stuck", "It is stuck.", inner: null);
        type: "urn:kinopress:problem:sample.odd",
        private const string EventName = "sample.event";
        """;

    [Fact]
    public void Every_code_is_documented() =>
        Expect.None("A failure code is not in docs/api/problems.md:", Codes().Keys.Except(Documented().Keys, StringComparer.Ordinal));

    [Fact]
    public void Every_documented_code_exists() =>
        Expect.None("docs/api/problems.md has a code that nothing answers:", Documented().Keys.Except(Codes().Keys, StringComparer.Ordinal));

    [Fact]
    public void The_table_has_the_status_each_code_is_answered_with()
    {
        var documented = Documented();

        Expect.None(
            "docs/api/problems.md has another status than the code:",
            from code in Codes()
            where documented.ContainsKey(code.Key)
            let status = code.Value is { } kind ? StatusOf(new Failure(kind, code.Key, "")) : (int?)null
            where status is not null
            where documented[code.Key] != string.Create(CultureInfo.InvariantCulture, $"{status}")
            select $"{code.Key}: {documented[code.Key]} instead of {status}");
    }

    [Fact]
    public void The_search_finds_every_failure_that_is_a_property() =>
        Expect.None("The search through the sources misses a code:", Properties().Select(failure => failure.Code).Except(Codes().Keys, StringComparer.Ordinal));

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        var found = CodesIn(Sample).Select(found => found.Code).Order(StringComparer.Ordinal);

        Assert.Equal(["sample.broken", "sample.lost", "sample.odd", "sample.stuck"], found);
        Assert.Equal("404", Rows("| `sample.lost` | 404 | Gone. | Look again. |").Single().Value);
    }

    /// <summary>Each code in the sources with the kind of its failure; null where it is no <see cref="Failure"/>.</summary>
    private static Dictionary<string, FailureKind?> Codes()
    {
        Dictionary<string, FailureKind?> codes = new(StringComparer.Ordinal);
        foreach (var (code, kind) in Repository.Sources().SelectMany(path => CodesIn(Repository.Read(path))))
        {
            codes[code] = kind ?? codes.GetValueOrDefault(code);
        }

        foreach (var failure in Properties())
        {
            codes[failure.Code] = failure.Kind;
        }

        return codes;
    }

    private static IEnumerable<(string Code, FailureKind? Kind)> CodesIn(string source) =>
        CodeInSource().Matches(source).Select(match => (match.Groups["code"].Value, Enum.TryParse<FailureKind>(match.Groups["kind"].Value, out var kind) ? kind : (FailureKind?)null));

    private static IEnumerable<Failure> Properties() => new[] { Rooms.Core, Rooms.Server }
        .SelectMany(room => room.GetTypes())
        .Where(type => type.Name.EndsWith("Failures", StringComparison.Ordinal))
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
        .Where(property => property.PropertyType == typeof(Failure))
        .Select(property => property.GetValue(obj: null))
        .OfType<Failure>();

    private static Dictionary<string, string> Documented() => Rows(Repository.Read(Table));

    private static Dictionary<string, string> Rows(string text) =>
        Row().Matches(text).ToDictionary(match => match.Groups["code"].Value, match => match.Groups["status"].Value.Trim(), StringComparer.Ordinal);

    private static int StatusOf(Failure failure) =>
        Rooms.Server.GetType("Kinopress.Server.Host.Failures")?.GetMethod("StatusOf")?.Invoke(obj: null, [failure]) as int?
        ?? throw new InvalidOperationException("The server has no Failures.StatusOf any more.");

    [GeneratedRegex(@"(FailureKind\.(?<kind>\w+),\s*|Unusable\(|\w+Code = |JobFailedException\(\s*|""urn:kinopress:problem:(?=[a-z]))""?(?<code>[a-z]+\.[a-z_]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CodeInSource();

    [GeneratedRegex(@"^\| `(?<code>[a-z]+\.[a-z_]+)` \|(?<status>[^|]*)\|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
