using Kinopress.Client;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Flv;
using Kinopress.Rtmp;
using Kinopress.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Server.Tests.Destinations;

/// <summary>What an encoder sends here goes on to other services, whatever they do.</summary>
public sealed class RestreamTests
{
    private readonly int _port = RunningSite.FreePort();

    [Fact]
    public async Task A_service_gets_the_stream_from_a_keyframe_on_with_times_from_zero()
    {
        await using var service = new TestDestination();
        await using var site = await StartAsync();
        var (creator, live) = await LiveAsync(site);
        var id = await AddAsync(creator, live, service);

        await using var encoder = await EncodeAsync(live);
        var messages = await Eventually.GetAsync(() => Task.FromResult(service.Deliveries is [{ Messages.Count: > 30 } delivery] ? delivery.Messages.Take(30).ToList() : null), "the stream arrives");

        var frames = messages.SkipWhile(message => message.Kind == RtmpMessageKind.Data).ToList();
        Assert.Equal((FlvBodyKind.Configuration, FlvBodyKind.Configuration), (FlvBody.ParseVideo(frames[0].Body).Kind, FlvBody.ParseAudio(frames[1].Body).Kind));
        Assert.True(FlvBody.ParseVideo(frames[2].Body) is { Kind: FlvBodyKind.Frame, IsKeyframe: true });
        Assert.Equal(0, frames[2].Time);
        Assert.All(frames.Where(frame => frame.Kind == RtmpMessageKind.Video).Zip(frames.Where(frame => frame.Kind == RtmpMessageKind.Video).Skip(1)), pair => Assert.InRange(pair.Second.Time - pair.First.Time, 0, 200));
        await IsAsync(creator, id, "live");
    }

    [Fact]
    public async Task A_service_that_hangs_up_is_tried_again_and_the_live_goes_on()
    {
        await using var service = new TestDestination();
        await using var site = await StartAsync();
        var (creator, live) = await LiveAsync(site);
        var id = await AddAsync(creator, live, service);
        await using var encoder = await EncodeAsync(live);
        await IsAsync(creator, id, "live");

        service.HangUp();
        var retrying = await IsAsync(creator, id, "retrying");
        var before = Sequence(site, live);
        await IsAsync(creator, id, "live");

        Assert.Equal("closedAtOnce", retrying.Trouble);
        Assert.NotNull(retrying.NextTryAt);
        Assert.NotNull(retrying.Message);
        Assert.Equal(2, service.Deliveries.Count);
        await Eventually.HoldsAsync(() => Task.FromResult(service.Deliveries[1].Messages.Count > 5), "the stream arrives again");
        Assert.True(FlvBody.ParseVideo(service.Deliveries[1].Messages.First(message => message.Kind == RtmpMessageKind.Video && message.Body[1] == 1).Body).IsKeyframe);
        await Eventually.HoldsAsync(() => Task.FromResult(Sequence(site, live) > before), "viewers get new segments");
    }

    [Fact]
    public async Task A_wrong_key_is_refused_told_and_not_tried_again_until_somebody_asks_for_it()
    {
        await using var service = new TestDestination();
        await using var site = await StartAsync();
        var (creator, live) = await LiveAsync(site);
        var id = (await creator.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Preset = "custom", Name = "Wrong", Url = service.Url, StreamKey = "bad" })).Id;

        await using var encoder = await EncodeAsync(live);
        var refused = await IsAsync(creator, id, "refused");
        await creator.Destinations.EnableAsync(id);
        await Eventually.HoldsAsync(() => Task.FromResult(service.Deliveries.Count == 2), "it is tried once more");
        await IsAsync(creator, id, "refused");
        await creator.Destinations.EditAsync(id, new DestinationEdit { StreamKey = service.StreamKey });
        await IsAsync(creator, id, "live");

        Assert.Equal(("keyRefused", null), (refused.Trouble, refused.NextTryAt));
        Assert.Equal([true, true, false], service.Deliveries.Select(delivery => delivery.IsRefused));
    }

    [Fact]
    public async Task Private_networks_are_out_of_reach_unless_the_owner_says_otherwise()
    {
        await using var service = new TestDestination();
        await using var site = await StartAsync(allowsPrivate: false);
        var (creator, live) = await LiveAsync(site);
        var id = await AddAsync(creator, live, service);
        var byName = await AddAsync(creator, live, service, service.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

        await using var encoder = await EncodeAsync(live);

        Assert.Equal("privateAddress", (await IsAsync(creator, id, "refused")).Trouble);
        Assert.Equal("privateAddress", (await IsAsync(creator, byName, "refused")).Trouble);
        Assert.Empty(service.Deliveries);
    }

    [Fact]
    public async Task A_server_that_cannot_prove_who_it_is_gets_nothing()
    {
        await using var service = new TestDestination(isTls: true);
        await using var site = await StartAsync();
        var (creator, live) = await LiveAsync(site);
        var id = await AddAsync(creator, live, service);

        await using var encoder = await EncodeAsync(live);

        Assert.Equal("certificate", (await IsAsync(creator, id, "retrying")).Trouble);
        Assert.All(service.Deliveries, delivery => Assert.Empty(delivery.Messages));
    }

    [Fact]
    public async Task Switching_a_destination_off_says_goodbye_there_at_once()
    {
        await using var service = new TestDestination();
        await using var other = new TestDestination();
        await using var site = await StartAsync();
        var (creator, live) = await LiveAsync(site);
        var id = await AddAsync(creator, live, service);
        var stays = await AddAsync(creator, live, other);
        await using var encoder = await EncodeAsync(live);
        await IsAsync(creator, id, "live");
        await IsAsync(creator, stays, "live");

        await creator.Destinations.DisableAsync(id);

        await Eventually.HoldsAsync(() => Task.FromResult(service.Deliveries[0].SaidGoodbye), "the service is told");
        await IsAsync(creator, id, "off");
        Assert.Equal("live", (await creator.Destinations.GetAsync(stays)).State);
        Assert.Single(other.Deliveries);
    }

    [Fact]
    public async Task The_end_of_the_live_is_the_end_everywhere()
    {
        await using var service = new TestDestination();
        await using var site = await StartAsync();
        var (creator, live) = await LiveAsync(site);
        var id = await AddAsync(creator, live, service);
        await using var encoder = await EncodeAsync(live);
        await IsAsync(creator, id, "live");

        await encoder.EndAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(service.Deliveries[0].SaidGoodbye), "the service is told");
        await IsAsync(creator, id, "off");
    }

    [Fact]
    public async Task A_destination_added_while_it_is_on_air_joins_and_another_site_shows_the_live()
    {
        var elsewhere = RunningSite.FreePort();
        await using var target = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.RtmpUrls = $"rtmp://127.0.0.1:{elsewhere}" });
        var there = await (await target.ClientAsync("creator")).Lives.CreateAsync(new LiveEdit { Title = "There" });
        await using var site = await StartAsync();
        var (creator, live) = await LiveAsync(site);
        await using var encoder = await EncodeAsync(live);
        await Eventually.HoldsAsync(() => Task.FromResult(Sequence(site, live) > 0), "it is on air");

        await creator.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Name = "There", Url = $"rtmp://127.0.0.1:{elsewhere}/live", StreamKey = there.Ingest?.StreamKey });

        await Eventually.HoldsAsync(async () => (await target.Stranger().Lives.GetAsync(there.PublicId)).State == "live", "it is on air there");
        await Eventually.HoldsAsync(() => Task.FromResult(Sequence(target, there) > 1), "viewers there get segments");
    }

    [Fact]
    public async Task A_service_that_never_reads_holds_nobody_up()
    {
        await using var stuck = new TestDestination { NeverReads = true };
        await using var quick = new TestDestination();
        await using var site = await StartAsync();
        var (creator, live) = await LiveAsync(site);
        var id = await AddAsync(creator, live, stuck);
        var well = await AddAsync(creator, live, quick);

        await using var encoder = await EncodeAsync(live, paddingInBytes: 400_000);
        await IsAsync(creator, well, "live");
        var retrying = await IsAsync(creator, id, "retrying");

        Assert.Equal("tooSlow", retrying.Trouble);
        var lag = TimeSpan.FromMilliseconds(quick.Deliveries[0].Messages.Max(message => message.Time));
        Assert.InRange((encoder.Sent - lag).TotalSeconds, -2, 5);
        Assert.Equal(0, (await creator.Destinations.GetAsync(well)).DroppedFrames);
    }

    private Task<TestSite> StartAsync(bool allowsPrivate = true) => TestSite.StartAsync(new TestSiteOptions
    {
        Configure = options => (options.RtmpUrls, options.AllowPrivateDestinations) = ($"rtmp://127.0.0.1:{_port}", allowsPrivate),
    });

    private static async Task<(KinopressClient Creator, Live Live)> LiveAsync(TestSite site)
    {
        var creator = await site.ClientAsync("creator");
        return (creator, await creator.Lives.CreateAsync(new LiveEdit { Title = "Show", Record = false }));
    }

    private Task<TestEncoder> EncodeAsync(Live live, int paddingInBytes = 0) =>
        TestEncoder.StartAsync(_port, live.Ingest?.StreamKey ?? "", paddingInBytes);

    private static async Task<Guid> AddAsync(KinopressClient creator, Live live, TestDestination service, string? url = null) =>
        (await creator.Destinations.AddAsync(new DestinationEdit { Live = live.PublicId, Name = "Service", Url = url ?? service.Url, StreamKey = service.StreamKey })).Id;

    private static Task<Destination> IsAsync(KinopressClient creator, Guid id, string state) =>
        Eventually.GetAsync(async () => await creator.Destinations.GetAsync(id) is var seen && seen.State == state ? seen : null, $"a destination is {state}");

    private static long Sequence(TestSite site, Live live) =>
        site.Services.GetRequiredService<Broadcasts>().Find(live.PublicId)?.Source.Playlist?.LastMediaSequence ?? 0;
}
