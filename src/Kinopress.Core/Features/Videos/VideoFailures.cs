using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Videos;

/// <summary>Refusals about videos.</summary>
public static class VideoFailures
{
    public static Failure NotFound { get; } = new(
        FailureKind.NotFound, "video.not_found", "This video does not exist, or is not for you to see.");

    public static Failure NotPlayable { get; } = new(
        FailureKind.Conflict, "video.not_playable", "This video does not play yet. Publish it once it does, or choose to publish it as soon as it is ready.");

    public static Failure EditedElsewhere { get; } = new(
        FailureKind.Conflict, "video.edited_elsewhere", "This video was changed meanwhile, by somebody else or in another window.");

    public static Failure NotAllowed { get; } = new(
        FailureKind.Forbidden, "video.not_allowed", "Your account may not publish videos on this site.");

    public static Failure NotTrimmable { get; } = new(
        FailureKind.Conflict, "video.not_trimmable", "This video cannot be trimmed: not all of its qualities are ready, or they cannot be cut at the same moment.");

    public static Failure LengthUnknown { get; } = new(
        FailureKind.Conflict, "video.length_unknown", "How long this video is, is not known yet. Give it chapters once the site has looked at the file.");

    public static Failure ChaptersTooMany { get; } = new(
        FailureKind.Invalid, "video.chapters_too_many", $"A video has at most {ChapterEdit.MaxCount} chapters.");

    public static Failure ChapterTimeInvalid { get; } = new(
        FailureKind.Invalid, "video.chapter_time_invalid", "A chapter needs a moment at which it starts, from zero on.");

    public static Failure ChaptersUnordered { get; } = new(
        FailureKind.Invalid, "video.chapters_unordered", "A chapter starts later than the one before it.");

    public static Failure ChapterBeyondEnd { get; } = new(
        FailureKind.Invalid, "video.chapter_beyond_end", "A chapter starts before the video ends.");

    public static Failure ChapterUntitled { get; } = new(
        FailureKind.Invalid, "video.chapter_untitled", "A chapter needs a title.");

    public static Failure ChapterTitleTooLong { get; } = new(
        FailureKind.Invalid, "video.chapter_title_too_long", $"A chapter's title has at most {VideoChapter.MaxTitleLength} characters.");

    public static Failure SortUnknown { get; } = new(
        FailureKind.Invalid, "video.sort_unknown", "Sort by publishedAt, -publishedAt, createdAt or -createdAt.");

    public static Failure StatusUnknown { get; } = new(
        FailureKind.Invalid, "video.status_unknown", "Ask for all, published, drafts or trash.");

    public static Failure Invalid(IReadOnlyDictionary<string, string> fields) => new(
        FailureKind.Invalid, "video.invalid", "Some fields need another look.") { Fields = fields };
}
