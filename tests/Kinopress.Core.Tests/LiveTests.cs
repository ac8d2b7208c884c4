using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Media.Fmp4;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Core.Tests;

public sealed class LiveTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public void A_new_live_is_idle_and_a_planned_one_waits()
    {
        Assert.Equal(LiveState.Idle, New().State);
        Assert.Equal(LiveState.Waiting, New(Now.AddHours(1)).State);
    }

    [Fact]
    public void The_stream_key_is_kept_as_a_hash_only()
    {
        var (live, key) = Live.Create(LiveDetails.Blank with { Title = "Evening" }, Id<Channel>.New(_clock), _clock);

        Assert.StartsWith("live_", key, StringComparison.Ordinal);
        Assert.True(SecretToken.Matches(key, live.StreamKeyHash));
        Assert.False(SecretToken.Matches(live.RotateStreamKey(Now), SecretToken.Hash(key)));
        Assert.False(SecretToken.Matches(key, live.StreamKeyHash));
    }

    [Fact]
    public void It_goes_on_air_again_and_again_with_rising_numbers()
    {
        var live = New();

        var first = Start(live);
        live.End(Now);
        var second = Start(live);

        Assert.Equal((1, 2, LiveState.Live), (first.Number, second.Number, live.State));
        Assert.NotEqual(first.RecordingFolder, second.RecordingFolder);
        Assert.Equal(second.Id.Value, second.ReplayId.Value);
    }

    [Fact]
    public void On_air_it_cannot_start_or_go_to_the_trash()
    {
        var live = New();
        Start(live);

        Assert.Equal("live.on_air", CodeOf(live.StartSession(encoderName: null, _clock)));
        Assert.Equal("live.on_air", CodeOf(live.MoveToTrash(Now)));
    }

    [Fact]
    public void In_the_trash_it_cannot_start()
    {
        var live = New();
        live.MoveToTrash(Now);

        Assert.Equal("live.not_found", CodeOf(live.StartSession(encoderName: null, _clock)));
        live.Restore(Now);
        Assert.False(live.StartSession(encoderName: null, _clock).Failed(out _));
    }

    [Fact]
    public void Off_air_nothing_is_interrupted_resumed_or_ended()
    {
        var live = New();

        Assert.Equal("live.not_live", CodeOf(live.Interrupt()));
        Assert.Equal("live.not_live", CodeOf(live.Resume()));
        Assert.Equal("live.not_live", CodeOf(live.End(Now)));
    }

    [Fact]
    public void Interruptions_come_and_go()
    {
        var live = New();
        Start(live);

        live.Interrupt();
        Assert.Equal((LiveState.Interrupted, true), (live.State, live.IsOnAir));
        live.Resume();
        Assert.Equal(LiveState.Live, live.State);
        live.Interrupt();
        live.End(Now);

        Assert.Equal((LiveState.Ended, Now), (live.State, live.EndedAt));
    }

    [Fact]
    public void A_rehearsal_does_not_use_up_the_plan()
    {
        var live = New(Now.AddHours(2));
        Start(live);
        _clock.Advance(TimeSpan.FromMinutes(10));
        live.End(Now);
        Assert.Equal(LiveState.Waiting, live.State);

        _clock.Advance(TimeSpan.FromMinutes(110));
        Start(live);
        _clock.Advance(TimeSpan.FromHours(1));
        live.End(Now);

        Assert.Equal((LiveState.Ended, (DateTimeOffset?)null), (live.State, live.ScheduledAt));
    }

    [Theory]
    [InlineData(120, 11)] // nobody rehearses in front of viewers for so long
    [InlineData(20, 6)] // nearly the planned moment
    public void A_live_that_begins_early_does(int minutesBefore, int minutesOnAir)
    {
        var live = New(Now.AddMinutes(minutesBefore));
        Start(live);
        _clock.Advance(TimeSpan.FromMinutes(minutesOnAir));

        live.End(Now);

        Assert.Equal((LiveState.Ended, (DateTimeOffset?)null), (live.State, live.ScheduledAt));
    }

    [Fact]
    public void A_plan_opens_and_closes_the_waiting_room()
    {
        var live = New();

        live.Edit(live.Details with { ScheduledAt = Now.AddDays(1) }, Now);
        Assert.Equal(LiveState.Waiting, live.State);
        live.Edit(live.Details with { ScheduledAt = null }, Now);
        Assert.Equal(LiveState.Idle, live.State);
        Start(live);
        live.Edit(live.Details with { ScheduledAt = Now.AddDays(1) }, Now);

        Assert.Equal(LiveState.Live, live.State);
    }

    [Fact]
    public void The_first_ending_of_a_session_counts()
    {
        var session = Start(New());

        Assert.True(session.End(LiveEndReason.Creator, Now));
        Assert.False(session.End(LiveEndReason.EncoderLost, Now.AddMinutes(1)));

        Assert.Equal((LiveEndReason.Creator, Now), (session.EndReason, session.EndedAt));
    }

    [Theory]
    [InlineData("title", "", null, null, null)]
    [InlineData("visibility", null, "secret", null, null)]
    [InlineData("visibility", null, "3", null, null)]
    [InlineData("scheduledAt", null, null, "soon", null)]
    [InlineData("scheduledAt", null, null, "2025-12-31T23:59:59Z", null)]
    [InlineData("scheduledAt", null, null, "2036-01-01T00:00:00Z", null)]
    [InlineData("dvrWindowSeconds", null, null, null, -1)]
    [InlineData("dvrWindowSeconds", null, null, null, 43201)]
    public void What_is_out_of_bounds_is_named(string field, string? title, string? visibility, string? scheduledAt, int? dvrWindow)
    {
        var edit = new LiveEdit { Title = title ?? "Evening", Visibility = visibility, ScheduledAt = scheduledAt, DvrWindowSeconds = dvrWindow };

        Assert.True(edit.ApplyTo(LiveDetails.Blank, Now).Failed(out var failure));
        Assert.Equal("live.invalid", failure.Code);
        Assert.Equal([field], failure.Fields?.Keys);
    }

    [Fact]
    public void Too_many_tags_and_too_long_a_description_are_named()
    {
        var edit = new LiveEdit { Title = "Evening", Tags = [.. Enumerable.Range(0, 21).Select(number => $"t{number}")], Description = new string('a', 10_001) };

        Assert.True(edit.ApplyTo(LiveDetails.Blank, Now).Failed(out var failure));
        Assert.Equal(["tags", "description"], failure.Fields?.Keys);
    }

    [Fact]
    public void A_moment_that_has_passed_may_be_sent_again_unchanged()
    {
        var before = LiveDetails.Blank with { Title = "Evening", ScheduledAt = Now.AddHours(-1) };

        Assert.False(new LiveEdit { Title = "Night", ScheduledAt = "2025-12-31T23:00:00Z" }.ApplyTo(before, Now).Failed(out _, out var after));
        Assert.Equal(before.ScheduledAt, after?.ScheduledAt);
    }

    [Fact]
    public void Gaps_are_taken_out_of_positions()
    {
        var recording = Recording(seconds: 100) with { Gaps = [new RecordingGap(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)), new RecordingGap(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(5))] };

        double At(int seconds) => recording.Timeline.PositionOf(TimeSpan.FromSeconds(seconds)).TotalSeconds;

        Assert.Equal([5, 10, 10, 20, 30, 35], new[] { 5, 10, 20, 40, 50, 60 }.Select(At));
    }

    [Fact]
    public void A_place_of_the_recording_has_its_moment_and_the_gaps_are_kept()
    {
        var timeline = new RecordingTimeline([new RecordingGap(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)), new RecordingGap(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(5))]);

        double Of(int seconds) => RecordingTimeline.Read(timeline.Write()).OffsetOf(TimeSpan.FromSeconds(seconds)).TotalSeconds;

        Assert.Equal([5, 10, 31, 50, 60], new[] { 5, 10, 11, 30, 35 }.Select(Of));
        Assert.Null(RecordingTimeline.Unbroken.Write());
        Assert.All(Enumerable.Range(0, 60), second => Assert.Equal(second, timeline.PositionOf(timeline.OffsetOf(TimeSpan.FromSeconds(second))).TotalSeconds));
    }

    [Fact]
    public void Chapters_start_with_the_title_and_stay_within_the_recording()
    {
        var session = Start(New());
        LiveMarker At(double seconds, string title) => LiveMarker.Create(session, TimeSpan.FromSeconds(seconds), title, _clock);

        var chapters = Recording(seconds: 60).ChaptersOf("Evening", [At(70, "Late"), At(30, "Song"), At(30.4, "Song again"), At(10, "Talk")]).ToList();

        Assert.Equal([(0, "Evening"), (10, "Talk"), (30.4, "Song again")], chapters.Select(chapter => (chapter.Start.TotalSeconds, chapter.Title)));
        Assert.Empty(Recording(seconds: 60).ChaptersOf("Evening", []));
        Assert.Equal([(0, "Hello")], Recording(seconds: 60).ChaptersOf("Evening", [At(0.5, "Hello")]).Select(chapter => (chapter.Start.TotalSeconds, chapter.Title)));
    }

    private static LiveRecording Recording(int seconds) =>
        new([new RecordedRendition("source", 1280, 720, 30, [new FinishedChunk("source", "0-a", "key", 1, 1, "a", "avc1.64001f,mp4a.40.2", [new Segment(1, 1, TimeSpan.Zero, TimeSpan.FromSeconds(seconds))])])]);

    private Live New(DateTimeOffset? scheduledAt = null) =>
        Live.Create(LiveDetails.Blank with { Title = "Evening", ScheduledAt = scheduledAt }, Id<Channel>.New(_clock), _clock).Live;

    private LiveSession Start(Live live) => live.StartSession("OBS", _clock).Match(session => session, failure => throw new InvalidOperationException(failure.Code));

    private static string CodeOf<T>(Result<T> result)
        where T : notnull => result.Match(_ => "", failure => failure.Code);
}
