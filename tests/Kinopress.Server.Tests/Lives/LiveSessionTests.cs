using Kinopress.Client;
using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;
using Microsoft.EntityFrameworkCore;
using LiveEdit = Kinopress.Client.LiveEdit;
using LiveMarker = Kinopress.Core.Features.Lives.LiveMarker;
using LiveSession = Kinopress.Core.Features.Lives.LiveSession;

namespace Kinopress.Server.Tests.Lives;

public sealed class LiveSessionTests
{
    [Fact]
    public async Task A_session_is_interrupted_resumed_and_ended()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        List<string> states = [];
        async Task LookAsync() => states.Add((await creator.Lives.GetAsync(live)).State);

        var session = await site.StartLiveAsync(live);
        await LookAsync();
        await InterruptAsync(site, session.Id);
        await InterruptAsync(site, session.Id);
        await LookAsync();
        await ResumeAsync(site, session.Id);
        await ResumeAsync(site, session.Id);
        await LookAsync();
        clock.Advance(TimeSpan.FromHours(1));
        await site.EndLiveAsync(session.Id, recording: null, LiveEndReason.EncoderLost);
        await LookAsync();

        Assert.Equal(["live", "interrupted", "live", "ended"], states);
        Assert.Equal(["site.changed", "live.created", "live.started", "live.interrupted", "live.resumed", "live.ended"], await site.EventsAsync());
        var shown = Assert.Single((await creator.Lives.ListSessionsAsync(live)).Items);
        Assert.Equal((1, "encoderLost", 7, "OBS", (string?)null), (shown.Number, shown.EndReason, shown.PeakViewers, shown.EncoderName, shown.Replay));
        Assert.Equal(clock.GetUtcNow(), shown.EndedAt);
    }

    [Fact]
    public async Task What_is_over_cannot_go_on()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        await Refusals.IsRefusedAsync("live.not_live", () => creator.Lives.EndAsync(live));
        await Refusals.IsRefusedAsync("live.not_live", () => creator.Lives.AddMarkerAsync(live, "Song"));
        var session = await site.StartLiveAsync(live);

        Assert.Equal("live.on_air", await CodeOfStartAsync(site, live));
        await site.EndLiveAsync(session.Id);
        Assert.Equal("live.not_live", await InterruptAsync(site, session.Id));
        Assert.Equal("live.not_live", await ResumeAsync(site, session.Id));
        Assert.Equal("live.not_found", await InterruptAsync(site, new Id<LiveSession>(Guid.Empty)));
        Assert.Equal("live.not_found", await ResumeAsync(site, new Id<LiveSession>(Guid.Empty)));
        Assert.Equal("live.not_found", await EndAsync(site, new Id<LiveSession>(Guid.Empty)));

        Assert.Equal(2, (await site.StartLiveAsync(live)).Number);
    }

    [Fact]
    public async Task Its_creator_ends_it_at_once_and_the_recording_follows()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        var session = await site.StartLiveAsync(live);

        var ended = await creator.Lives.EndAsync(live);
        await Refusals.IsRefusedAsync("live.not_live", () => creator.Lives.EndAsync(live));
        var unfinished = await site.UseAsync((LiveSessionQueries sessions) => sessions.ListUnfinishedSessionsAsync(CancellationToken.None));
        var replay = await site.EndLiveAsync(session.Id, await site.RecordAsync(session));

        Assert.Equal(("ended", (string?)null), (ended.State, ended.Replay));
        Assert.Equal(session.Id, Assert.Single(unfinished).Id);
        Assert.Equal(replay.ReplayPublicId, (await creator.Lives.GetAsync(live)).Replay);
        Assert.Equal("creator", Assert.Single((await creator.Lives.ListSessionsAsync(live)).Items).EndReason);
        Assert.Single(await site.EventsAsync(), kind => kind == "live.ended");
        Assert.Empty(await site.UseAsync((LiveSessionQueries sessions) => sessions.ListUnfinishedSessionsAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task After_a_crash_the_unfinished_is_found_with_all_it_takes_to_finish_it()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A", Record = false })).PublicId;
        var session = await site.StartLiveAsync(live);
        var diedAt = clock.GetUtcNow().AddMinutes(5);
        clock.Advance(TimeSpan.FromHours(5));

        var found = Assert.Single(await site.UseAsync((LiveSessionQueries sessions) => sessions.ListUnfinishedSessionsAsync(CancellationToken.None)));
        await site.UseAsync((EndLiveSession end) => end.RunAsync(found.Id, new LiveSessionEnding { Reason = LiveEndReason.SiteCrashed, At = diedAt }, CancellationToken.None));

        Assert.Equal((session.Id, live, session.RecordingFolder, session.ReplayId, false), (found.Id, found.PublicId, found.RecordingFolder, found.ReplayId, found.Records));
        var shown = Assert.Single((await creator.Lives.ListSessionsAsync(live)).Items);
        Assert.Equal(("siteCrashed", diedAt), (shown.EndReason, shown.EndedAt));
        Assert.Equal("ended", (await creator.Lives.GetAsync(live)).State);
    }

    [Fact]
    public async Task What_another_node_has_on_air_is_not_found_by_this_one()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { RunsJobs = false });
        var creator = await site.ClientAsync("creator");
        var session = await site.StartLiveAsync((await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId);

        await site.UseAsync((KinopressDbContext db) => db.LiveSessions.Where(row => row.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Node, "another")));

        Assert.Empty(await site.UseAsync((LiveSessionQueries sessions) => sessions.ListUnfinishedSessionsAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Markers_and_new_titles_are_kept_with_their_moments()
    {
        var clock = TestSiteOptions.FakeClock();
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Clock = clock });
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        await site.StartLiveAsync(live);

        clock.Advance(TimeSpan.FromSeconds(10));
        var marker = await creator.Lives.AddMarkerAsync(live, " First  song ");
        clock.Advance(TimeSpan.FromSeconds(10));
        await creator.Lives.EditAsync(live, new LiveEdit { Title = "B" });
        await creator.Lives.EditAsync(live, new LiveEdit { Description = "More" });
        await creator.Lives.AddMarkerAsync(live, "Earlier", offsetMs: 5000);
        var refused = await Refusals.RefusedAsync(() => creator.Lives.AddMarkerAsync(live, " ", offsetMs: 60_000));
        await Refusals.IsRefusedAsync("live.invalid", () => creator.Lives.AddMarkerAsync(live, "X", offsetMs: -1));
        await Refusals.IsRefusedAsync("live.invalid", () => creator.Lives.AddMarkerAsync(live, "X", offsetMs: long.MaxValue));

        Assert.Equal((10_000, "First song"), (marker.OffsetMs, marker.Title));
        Assert.Equal(["offsetMs", "title"], refused.Errors?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());
        var session = Assert.Single((await creator.Lives.ListSessionsAsync(live)).Items);
        Assert.Equal([(5000, "Earlier"), (10_000, "First song"), (20_000, "B")], session.Markers.Select(shown => (shown.OffsetMs, shown.Title)));
        Assert.Equal(2, (await site.EventsAsync()).Count(kind => kind == "live.marked"));
    }

    [Fact]
    public async Task Markers_have_a_bound()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        var session = await site.StartLiveAsync(live);
        await creator.Lives.AddMarkerAsync(live, "First");
        await site.UseAsync(async (KinopressDbContext db) =>
        {
            var first = await db.LiveMarkers.AsNoTracking().SingleAsync(marker => marker.SessionId == session.Id);
            for (var number = 1; number < LiveMarker.MaxCount; number++)
            {
                var row = db.LiveMarkers.Add(first);
                row.Property(marker => marker.Id).CurrentValue = Id<LiveMarker>.New(TimeProvider.System);
                await db.SaveChangesAsync();
                row.State = EntityState.Detached;
            }

            return true;
        });

        await Refusals.IsRefusedAsync("live.too_many_markers", () => creator.Lives.AddMarkerAsync(live, "One more"));
    }

    [Fact]
    public async Task Sessions_come_in_pages()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;
        for (var number = 0; number < 3; number++)
        {
            await site.EndLiveAsync((await site.StartLiveAsync(live)).Id);
        }

        var first = await creator.Lives.ListSessionsAsync(live, limit: 2);
        var second = await creator.Lives.ListSessionsAsync(live, limit: 2, first.Next);

        Assert.Equal([3, 2, 1], first.Items.Concat(second.Items).Select(session => session.Number));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Of_two_who_start_it_at_once_one_wins()
    {
        await using var site = await TestSite.StartAsync();
        var creator = await site.ClientAsync("creator");
        var live = (await creator.Lives.CreateAsync(new LiveEdit { Title = "A" })).PublicId;

        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CodeOfStartAsync(site, live)));

        Assert.Equal(["", "live.on_air", "live.on_air", "live.on_air"], codes.Order(StringComparer.Ordinal));
        Assert.Single((await creator.Lives.ListSessionsAsync(live)).Items);
    }

    private static Task<string> CodeOfStartAsync(TestSite site, string publicId) => site.UseAsync(async (KinopressDbContext db) =>
    {
        var id = (await db.Lives.AsNoTracking().SingleAsync(live => live.PublicId == publicId)).Id;
        return await site.UseAsync(async (StartLiveSession start) => (await start.RunAsync(id, "OBS", CancellationToken.None)).Match(_ => "", failure => failure.Code));
    });

    private static Task<string> InterruptAsync(TestSite site, Id<LiveSession> session) =>
        site.UseAsync(async (InterruptLiveSession interrupt) => (await interrupt.RunAsync(session, CancellationToken.None)).Match(_ => "", failure => failure.Code));

    private static Task<string> ResumeAsync(TestSite site, Id<LiveSession> session) =>
        site.UseAsync(async (ResumeLiveSession resume) => (await resume.RunAsync(session, CancellationToken.None)).Match(_ => "", failure => failure.Code));

    private static Task<string> EndAsync(TestSite site, Id<LiveSession> session) =>
        site.UseAsync(async (EndLiveSession end) =>
            (await end.RunAsync(session, new LiveSessionEnding { Reason = LiveEndReason.EncoderStopped }, CancellationToken.None)).Match(_ => "", failure => failure.Code));
}
