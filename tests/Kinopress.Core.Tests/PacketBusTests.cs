using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Media.Bitstreams;
using Kinopress.Media.Flv;
using Kinopress.Media.Live;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Core.Tests;

/// <summary>What an encoder sends reaches everybody who passes it on, and nobody holds it up.</summary>
public sealed class PacketBusTests
{
    private readonly FakeTimeProvider _clock = new();

    private readonly PacketBus _bus;

    public PacketBusTests()
    {
        _bus = new PacketBus(_clock);
        _bus.Configure(Filler.Tracks);
    }

    [Fact]
    public async Task A_newcomer_starts_with_configurations_and_waits_for_a_keyframe()
    {
        using var subscription = _bus.Subscribe();

        Write(0, isKeyframe: false);
        Write(40, isKeyframe: true);
        Write(80, isKeyframe: false);

        Assert.Equal(["Configuration Video 0", "Configuration Audio 0", "key 40", "picture 80"], await WaitingAsync(subscription));
        Assert.Equal(0, subscription.DroppedFrames);
    }

    [Fact]
    public async Task Who_joins_later_starts_with_the_last_keyframe()
    {
        using var first = _bus.Subscribe();
        Write(0, isKeyframe: true);
        Write(40, isKeyframe: false);
        Write(2000, isKeyframe: true);
        Sound(2010);
        Write(2040, isKeyframe: false);

        using var second = _bus.Subscribe();
        Write(2080, isKeyframe: false);

        Assert.Equal(["key 2000", "sound 2010", "picture 2040", "picture 2080"], (await WaitingAsync(second)).Skip(2));
    }

    [Fact]
    public async Task Nothing_is_kept_while_nobody_reads()
    {
        _bus.Subscribe().Dispose();
        Write(0, isKeyframe: true);

        using var subscription = _bus.Subscribe();

        Assert.Equal(2, (await WaitingAsync(subscription)).Count);
    }

    [Fact]
    public async Task A_group_of_pictures_beyond_the_bound_is_not_kept_for_newcomers()
    {
        using var first = _bus.Subscribe();
        Write(0, isKeyframe: true, size: PacketBus.MaxCachedBytes - 10);
        Write(40, isKeyframe: false);

        using var second = _bus.Subscribe();

        Assert.Equal(2, (await WaitingAsync(second)).Count);
    }

    [Fact]
    public async Task Who_is_too_slow_goes_on_at_the_newest_keyframe_and_the_loss_is_counted()
    {
        using var subscription = _bus.Subscribe();
        Write(0, isKeyframe: true);
        Write(40, isKeyframe: false);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Write(3000, isKeyframe: true);
        Write(3040, isKeyframe: false);

        _clock.Advance(TimeSpan.FromSeconds(3));
        Write(6000, isKeyframe: false);

        Assert.Equal(["Configuration Video 0", "Configuration Audio 0", "key 3000", "picture 3040", "picture 6000"], await WaitingAsync(subscription));
        Assert.Equal(2, subscription.DroppedFrames);
    }

    [Fact]
    public async Task Without_a_keyframe_on_its_way_a_slow_reader_waits_for_the_next()
    {
        using var subscription = _bus.Subscribe();
        Write(0, isKeyframe: true);
        Write(40, isKeyframe: false);

        _clock.Advance(TimeSpan.FromSeconds(6));
        Write(6000, isKeyframe: false);
        Sound(6010);
        Write(6040, isKeyframe: true);

        Assert.Equal(["key 6040"], (await WaitingAsync(subscription)).Skip(2));
        Assert.Equal(4, subscription.DroppedFrames);
    }

    [Fact]
    public async Task A_reader_that_never_reads_holds_a_bounded_amount()
    {
        using var stuck = _bus.Subscribe();

        for (var second = 0; second < 40; second++)
        {
            Write(second * 1000, isKeyframe: true, size: 4 * 1024 * 1024);
            _bus.Describe(new byte[60_000]);
        }

        var bytes = (await PacketsAsync(stuck)).Sum(packet => (long)packet.Bytes.Length);
        Assert.InRange(bytes, 1, (2 * PacketBus.MaxCachedBytes) + (8 * 1024 * 1024));
        Assert.InRange(stuck.DroppedFrames, 25, 40);
    }

    [Fact]
    public async Task A_slow_reader_takes_nothing_from_a_quick_one()
    {
        using var stuck = _bus.Subscribe();
        using var quick = _bus.Subscribe();
        List<string> seen = [];

        for (var second = 0; second < 20; second++)
        {
            Write(second * 1000, isKeyframe: second % 2 == 0);
            _clock.Advance(TimeSpan.FromSeconds(1));
            seen.AddRange(await WaitingAsync(quick));
        }

        Assert.Equal(22, seen.Count);
        Assert.Equal(0, quick.DroppedFrames);
    }

    [Fact]
    public async Task A_new_configuration_reaches_readers_and_the_same_again_does_not()
    {
        var tracks = Filler.Tracks;
        using var subscription = _bus.Subscribe();
        await WaitingAsync(subscription);

        _bus.Configure(new LiveTracks(tracks.Video, tracks.Audio));
        _bus.Configure(tracks with { Audio = null });

        Assert.Equal(["Configuration Video 0"], await WaitingAsync(subscription));
    }

    [Fact]
    public async Task Sound_alone_can_be_joined_anywhere()
    {
        var bus = new PacketBus(_clock);
        bus.Configure(new LiveTracks(Video: null, Filler.Tracks.Audio));
        using var subscription = bus.Subscribe();

        bus.Write(new AccessUnit(LiveTrack.Audio, 20, 0, IsKeyframe: true, new byte[10]));

        Assert.Equal(["Configuration Audio 0", "key 20"], await WaitingAsync(subscription));
    }

    [Fact]
    public async Task The_end_of_a_live_is_the_end_of_reading()
    {
        using var subscription = _bus.Subscribe();
        Write(0, isKeyframe: true);

        _bus.Complete();

        Assert.Equal(3, (await WaitingAsync(subscription)).Count);
        Assert.Null(await subscription.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Null(await _bus.Subscribe().ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bodies_are_those_of_flv_tags()
    {
        using var subscription = _bus.Subscribe();
        _bus.Write(new AccessUnit(LiveTrack.Video, 0, 80, IsKeyframe: true, new byte[] { 1, 2, 3 }));

        var body = (await PacketsAsync(subscription))[^1].Bytes.Memory;

        var parsed = FlvBody.ParseVideo(body.Span);
        Assert.Equal((FlvBodyKind.Frame, MediaCodec.Avc, true, 80, 3), (parsed.Kind, parsed.Codec, parsed.IsKeyframe, parsed.CompositionOffset, parsed.Length));
    }

    private void Write(long milliseconds, bool isKeyframe, int size = 100) =>
        _bus.Write(new AccessUnit(LiveTrack.Video, milliseconds, 0, isKeyframe, new byte[size]));

    private void Sound(long milliseconds) => _bus.Write(new AccessUnit(LiveTrack.Audio, milliseconds, 0, IsKeyframe: true, new byte[10]));

    private static async Task<IReadOnlyList<string>> WaitingAsync(PacketSubscription subscription) => [.. (await PacketsAsync(subscription)).Select(Words)];

    /// <summary>What can be read without waiting.</summary>
    private static async Task<IReadOnlyList<BroadcastPacket>> PacketsAsync(PacketSubscription subscription)
    {
        List<BroadcastPacket> packets = [];
        try
        {
            while (await subscription.ReadAsync(new CancellationToken(canceled: true)) is { } packet)
            {
                packets.Add(packet);
            }
        }
        catch (OperationCanceledException)
        {
            // Now one would have to wait.
        }

        return packets;
    }

    private static string Words(BroadcastPacket packet) => packet switch
    {
        { Kind: BroadcastPacketKind.Frame, IsKeyframe: true } => $"key {packet.Milliseconds}",
        { Kind: BroadcastPacketKind.Frame, Type: FlvTagType.Video } => $"picture {packet.Milliseconds}",
        { Kind: BroadcastPacketKind.Frame } => $"sound {packet.Milliseconds}",
        _ => $"{packet.Kind} {packet.Type} {packet.Milliseconds}",
    };
}
