using System.Text.RegularExpressions;
using Kinopress.Architecture.Tests.Support;

namespace Kinopress.Architecture.Tests;

/// <summary>Rule 7 and what else is true of every file.</summary>
public sealed partial class FileTests
{
    private const int MaxLines = 400;

    private static readonly string[] HandWritten = [".cs", ".razor", ".css", ".js", ".html", ".csproj", ".props", ".txt", ""];

    // Longer files, each with its reason. Empty is how it should stay.
    private static readonly Dictionary<string, string> MayBeLonger = new(StringComparer.Ordinal);

    [Fact]
    public void Hand_written_files_stay_short() =>
        Expect.OnlyExempt(
            $"A file is longer than {MaxLines} lines:",
            HandWrittenFiles().Where(path => IsTooLong(File.ReadLines(Repository.PathOf(path)))),
            MayBeLonger);

    [Fact]
    public void Unfinished_work_has_a_number() =>
        Expect.None(
            "A TODO without the number of its issue:",
            HandWrittenFiles().Where(path => path != "tests/Kinopress.Architecture.Tests/FileTests.cs" && HasLooseEnd(Repository.Read(path))));

    [Fact]
    public void Pragmas_say_why() =>
        Expect.None(
            "A #pragma warning disable without a reason on its line:",
            Repository.Sources().SelectMany(path => File.ReadLines(Repository.PathOf(path))
                .Where(line => line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//", StringComparison.Ordinal))
                .Select(line => $"{path}: {line.Trim()}")));

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        Assert.True(IsTooLong(Enumerable.Repeat("line", MaxLines + 1)));
        Assert.False(IsTooLong(Enumerable.Repeat("line", MaxLines)));
        Assert.True(HasLooseEnd("// TODO tidy this up"));
        Assert.False(HasLooseEnd("// TODO(#12): tidy this up"));
        Assert.Contains("src/Kinopress.Core/Jobs/JobRunner.cs", HandWrittenFiles());
    }

    private static IEnumerable<string> HandWrittenFiles() =>
        new[] { "src", "tests", "themes", "eng" }.SelectMany(Repository.Files)
            .Where(path => HandWritten.Contains(Path.GetExtension(path)) && !Repository.IsGenerated(path) && !path.Contains("/vendor/", StringComparison.Ordinal));

    private static bool IsTooLong(IEnumerable<string> lines) => lines.Skip(MaxLines).Any();

    private static bool HasLooseEnd(string text) => LooseEnd().IsMatch(text);

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b(?!\(#\d+\))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LooseEnd();
}
