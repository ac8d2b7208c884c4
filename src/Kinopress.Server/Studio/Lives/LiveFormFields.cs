using System.Globalization;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Videos;
using Microsoft.AspNetCore.Mvc;

namespace Kinopress.Server.Studio.Lives;

/// <summary>The fields of a live's form as a browser posts them; a box that is not ticked is not posted.</summary>
internal sealed record LiveFormFields
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm";
    private const string Planned = "later";

    private static readonly IReadOnlyList<Choice> Visibilities =
    [
        new("public", "Public", "Everybody can find and watch it."),
        new("unlisted", "Unlisted", "Whoever has the link can watch it. It is in no list."),
        new("internal", "Signed in", "Only people with an account on this site."),
        new("private", "Private", "Only you and those who manage videos here."),
    ];

    private static readonly IReadOnlyList<Choice> DvrWindows =
    [
        new("0", "Not at all"), new("1800", "Half an hour"), new("3600", "One hour"), new("7200", "Two hours"), new("14400", "Four hours"), new("43200", "Twelve hours"),
    ];

    [FromForm]
    public string? Title { get; init; }

    [FromForm]
    public string? When { get; init; }

    [FromForm]
    public string? ScheduledAt { get; init; }

    [FromForm]
    public string? UtcOffset { get; init; }

    [FromForm]
    public string? Visibility { get; init; }

    [FromForm]
    public string? Record { get; init; }

    [FromForm]
    public string? DvrWindow { get; init; }

    [FromForm]
    public string? Description { get; init; }

    [FromForm]
    public string? Tags { get; init; }

    [FromForm]
    public string? Clips { get; init; }

    [FromForm]
    public string? Chat { get; init; }

    [FromForm]
    public string? Ladder { get; init; }

    public LiveEdit ToEdit() => new()
    {
        Title = Title ?? "",
        ScheduledAt = When == Planned ? MomentOf() : "",
        Visibility = Visibility,
        Record = IsOn(Record),
        DvrWindowSeconds = int.TryParse(DvrWindow, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
        Description = Description ?? "",
        Tags = (Tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        AllowClips = IsOn(Clips),
        Chat = IsOn(Chat),
        Ladder = IsOn(Ladder),
    };

    /// <summary>As it was posted, to be corrected.</summary>
    public LiveForm ToForm() => new(
        Title ?? "",
        When == Planned,
        ScheduledAt ?? "",
        Visibility ?? "public",
        IsOn(Record),
        DvrWindow ?? "",
        Description ?? "",
        Tags ?? "",
        IsOn(Clips),
        IsOn(Chat),
        IsOn(Ladder),
        Visibilities,
        DvrWindows);

    public static LiveForm Of(LiveDetails details) => new(
        details.Title,
        details.ScheduledAt is not null,
        details.ScheduledAt?.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture) ?? "",
        VisibilityName.Of(details.Visibility),
        details.Records,
        details.DvrWindowInSeconds.ToString(CultureInfo.InvariantCulture),
        details.Description ?? "",
        string.Join(", ", details.Tags),
        details.AllowsClips,
        details.HasChat,
        details.HasLadder,
        Visibilities,
        WithCurrent(details.DvrWindowInSeconds));

    // What came through the API may be none of ours; the form must not lose it.
    private static IReadOnlyList<Choice> WithCurrent(int seconds) =>
        seconds.ToString(CultureInfo.InvariantCulture) is var value && DvrWindows.Any(choice => choice.Value == value)
            ? DvrWindows
            : [.. DvrWindows, new Choice(value, string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} minutes"))];

    private static bool IsOn(string? box) => box == "true";

    // Without a script there is no offset, and the form says that it means UTC. What cannot be read goes on as it is and is refused.
    private string MomentOf()
    {
        if (!DateTime.TryParse(ScheduledAt, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return string.IsNullOrWhiteSpace(ScheduledAt) ? "missing" : ScheduledAt;
        }

        var minutes = int.TryParse(UtcOffset, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset) && Math.Abs(offset) <= 14 * 60 ? offset : 0;
        var ticks = Math.Clamp(moment.Ticks - (minutes * TimeSpan.TicksPerMinute), DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);
    }
}
