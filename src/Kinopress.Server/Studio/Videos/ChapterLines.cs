using System.Buffers;
using System.Globalization;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Studio.Videos;

/// <summary>Chapters the way people write and paste them: a line each, its time in front. Lines left blank are skipped.</summary>
/// <param name="Chapters">One for each line with words, in the order of the lines.</param>
/// <param name="Mistakes">What could not be read as a chapter, in words that name the line.</param>
internal sealed record ChapterLines(IReadOnlyList<ChapterEdit> Chapters, IReadOnlyList<string> Mistakes)
{
    private const int MaxMistakes = 5;
    private const string Bullets = "-–—•*";

    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789:.,");

    // Of each chapter, from one.
    private List<int> LineNumbers { get; init; } = [];

    public static string Write(IReadOnlyList<VideoChapterView> chapters) => string.Join(
        '\n', chapters.Select(chapter => $"{ClockTime.WriteExactly(TimeSpan.FromMilliseconds(chapter.StartInMilliseconds))} {AsWritten(chapter.Title)}"));

    public static ChapterLines Read(string typed)
    {
        List<ChapterEdit> chapters = [];
        List<int> numbers = [];
        List<string> mistakes = [];
        var number = 0;
        foreach (var line in typed.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace())
            {
                continue;
            }

            if (chapters.Count > ChapterEdit.MaxCount)
            {
                break; // one too many is enough to refuse them
            }

            var (time, title) = Split(line);
            if (time.Contains(':', StringComparison.Ordinal) && ClockTime.Parse(time) is { } start)
            {
                chapters.Add(new ChapterEdit((long)start.TotalMilliseconds, title));
                numbers.Add(number);
                continue;
            }

            mistakes.Add(Say(number, "Begin it with a time, such as 1:15."));
        }

        return new ChapterLines(chapters, Bounded(mistakes)) { LineNumbers = numbers };
    }

    /// <summary>What a refusal says, line by line where it is about lines.</summary>
    public IReadOnlyList<string> MistakesOf(Failure failure)
    {
        if (failure.Fields is not { } fields)
        {
            return [failure == VideoFailures.EditedElsewhere ? $"{failure.Message} {VideoViews.StaleForm}" : failure.Message];
        }

        var named =
            from index in Enumerable.Range(0, Chapters.Count)
            from name in (string[])["startMs", "title"]
            let message = fields.GetValueOrDefault(ChapterEdit.FieldOf(index, name))
            where message is not null
            select Say(LineNumbers[index], message);
        return Bounded([.. named]);
    }

    private static string Say(int number, string message) => string.Create(CultureInfo.InvariantCulture, $"Line {number}: {message}");

    private static List<string> Bounded(List<string> mistakes) => mistakes.Count <= MaxMistakes
        ? mistakes
        : [.. mistakes.Take(MaxMistakes), string.Create(CultureInfo.InvariantCulture, $"And {mistakes.Count - MaxMistakes} more lines.")];

    // 1:15 Title · 01:15 - Title · [1:15] Title · • 1:15: Title
    private static (string Time, string Title) Split(ReadOnlySpan<char> line)
    {
        var rest = line.Trim();
        if (rest.Length > 1 && Bullets.Contains(rest[0], StringComparison.Ordinal) && char.IsWhiteSpace(rest[1]))
        {
            rest = rest[1..].TrimStart();
        }

        rest = rest.TrimStart("([");
        var end = rest.IndexOfAnyExcept(TimeCharacters);
        var time = (end < 0 ? rest : rest[..end]).TrimEnd(":.,");
        return (time.ToString(), WithoutSign(rest[time.Length..].TrimStart(")]:.,").TrimStart()).ToString());
    }

    // A sign of its own must not be taken for one that parts time and title.
    private static string AsWritten(string title) => WithoutSign(title).Length == title.Length ? title : $"- {title}";

    private static ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> title) =>
        title.Length > 1 && Bullets.Contains(title[0], StringComparison.Ordinal) && char.IsWhiteSpace(title[1]) ? title[1..] : title;
}
