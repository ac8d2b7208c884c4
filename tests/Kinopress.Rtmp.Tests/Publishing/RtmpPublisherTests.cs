using CsCheck;
using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Rtmp.Tests.Publishing;

/// <summary>Our publisher and our server, with nothing but memory between them.</summary>
public sealed class RtmpPublisherTests
{
    private static readonly RtmpTarget Target = new("example.org", 1935, false, "live", "key?token=abc");

    private static readonly Gen<(RtmpMessageKind Kind, uint Timestamp, byte[] Body)> Message = Gen.Select(
        Gen.OneOf(RtmpMessageKind.Audio, RtmpMessageKind.Video), Gen.UInt, Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Byte.Array[5000, 9000]));

    [Fact]
    public async Task A_server_learns_who_publishes_what()
    {
        var (session, request, publisher) = await ConnectAsync();
        await using var ended = session;
        await using var closed = publisher;

        Assert.Equal(("live", "key", "token=abc", "rtmp://example.org/live"), (request.App, request.StreamName, request.Query, request.TcUrl));
        Assert.StartsWith("FMLE/3.0", request.FlashVersion, StringComparison.Ordinal);
        Assert.False(request.SpeaksEnhancedRtmp);
    }

    [Fact]
    public async Task Codecs_of_enhanced_RTMP_are_offered_when_they_will_be_sent()
    {
        var (session, request, publisher) = await ConnectAsync(new RtmpPublisherOptions { FourCcs = ["hvc1"] });
        await using var ended = session;
        await using var closed = publisher;

        Assert.True(request.SpeaksEnhancedRtmp);
    }

    [Fact]
    public Task Any_messages_arrive_as_they_were_sent() =>
        Gen.Select(Message.Array[0, 20], Gen.Int[128, 70_000], Gen.Int[128, 70_000]).SampleAsync(
            async (messages, ours, theirs) =>
            {
                var (session, _, publisher) = await ConnectAsync(
                    new RtmpPublisherOptions { ChunkSizeInBytes = ours }, new RtmpServerOptions { ChunkSizeInBytes = theirs });
                await using var ended = session;
                await using var closed = publisher;

                var sending = SendAsync(publisher, messages);
                var arrived = await ReadAllAsync(session);
                await sending;

                Assert.Equal(messages.Select(message => ((uint)message.Kind, message.Timestamp, Convert.ToHexString(message.Body))), arrived.Select(kept => ((uint)kept.Kind, (uint)kept.Timestamp, kept.Body)));
                Assert.True(session.IsEndedByPublisher);
            },
            iter: 100);

    [Fact]
    public async Task Metadata_arrives_as_in_a_file()
    {
        var (session, _, publisher) = await ConnectAsync();
        await using var ended = session;
        await using var closed = publisher;
        var metadata = new AmfEcmaArray([new AmfProperty("width", new AmfNumber(1280))]);

        await publisher.WriteMetadataAsync(metadata, CancellationToken.None);
        await publisher.WriteAsync(RtmpMessageKind.Data, 5, RtmpDataMessage.Encode("onCuePoint", AmfNull.Value), CancellationToken.None);

        using var first = await session.ReadAsync(CancellationToken.None);
        using var second = await session.ReadAsync(CancellationToken.None);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.True(RtmpDataMessage.TryParse(first.Body.Span, out var data));
        Assert.Equal((RtmpDataMessage.Metadata, metadata), (data.Name, data.Values[0]));
        Assert.True(RtmpDataMessage.TryParse(second.Body.Span, out var cue));
        Assert.Equal("onCuePoint", cue.Name);
    }

    [Fact]
    public async Task A_refusal_is_thrown_with_its_code_and_words()
    {
        var pipes = new ConnectedPipes();
        await using var session = new RtmpServerSession(pipes.Server, new RtmpServerOptions(), TimeProvider.System);
        var connecting = RtmpPublisher.ConnectAsync(pipes.Client, Target, new RtmpPublisherOptions(), TimeProvider.System, CancellationToken.None);
        Assert.NotNull(await session.AcceptAsync(CancellationToken.None));

        await session.RefuseAsync(RtmpRefusal.BadName("No such key."), CancellationToken.None);

        var refused = await Assert.ThrowsAsync<RtmpRefusedException>(() => connecting);
        Assert.Equal(("NetStream.Publish.BadName", "No such key.", null), (refused.Code, refused.Description, refused.RetryWith));
    }

    [Fact]
    public async Task A_server_that_leaves_is_noticed()
    {
        var (session, _, publisher) = await ConnectAsync();
        await using var closed = publisher;

        await session.EndAsync(RtmpEnding.TakenOver, CancellationToken.None);

        await publisher.Completion;
        await Assert.ThrowsAsync<IOException>(async () => await publisher.WriteAsync(RtmpMessageKind.Video, 0, new byte[1], CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_fifteen_seconds()
    {
        var clock = new FakeTimeProvider();
        var connecting = RtmpPublisher.ConnectAsync(new ConnectedPipes().Client, Target, new RtmpPublisherOptions(), clock, CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(RtmpFault.HandshakeTimedOut, (await Assert.ThrowsAsync<RtmpProtocolException>(() => connecting)).Fault);
    }

    [Fact]
    public async Task A_web_server_is_no_place_to_publish_to()
    {
        var pipes = new ConnectedPipes();
        await pipes.Server.Output.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        var exception = await Assert.ThrowsAsync<RtmpProtocolException>(
            () => RtmpPublisher.ConnectAsync(pipes.Client, Target, new RtmpPublisherOptions(), TimeProvider.System, CancellationToken.None));
        Assert.Equal(RtmpFault.NotRtmp, exception.Fault);
    }

    [Fact]
    public async Task A_real_server_is_understood_and_its_pings_are_answered()
    {
        var transport = new Fuzz.MemoryTransport(Captures.Read(Captures.OfServer), 100);
        await using var publisher = await RtmpPublisher.ConnectAsync(transport, Target, new RtmpPublisherOptions(), TimeProvider.System, CancellationToken.None);

        await publisher.Completion;

        Assert.Contains(Heard.Messages(transport.Heard()), message => message.Type == MessageType.UserControl && message.Body is [0, 7, ..]);
    }

    private static async Task<(RtmpServerSession Session, RtmpPublishRequest Request, RtmpPublisher Publisher)> ConnectAsync(
        RtmpPublisherOptions? options = null, RtmpServerOptions? serverOptions = null)
    {
        var pipes = new ConnectedPipes();
        var session = new RtmpServerSession(pipes.Server, serverOptions ?? new RtmpServerOptions(), TimeProvider.System);
        var connecting = RtmpPublisher.ConnectAsync(pipes.Client, Target, options ?? new RtmpPublisherOptions(), TimeProvider.System, CancellationToken.None);
        var request = await session.AcceptAsync(CancellationToken.None);
        Assert.NotNull(request);
        await session.GrantAsync(CancellationToken.None);
        return (session, request, await connecting);
    }

    private static async Task SendAsync(RtmpPublisher publisher, (RtmpMessageKind Kind, uint Timestamp, byte[] Body)[] messages)
    {
        foreach (var (kind, timestamp, body) in messages)
        {
            await publisher.WriteAsync(kind, timestamp, body, CancellationToken.None);
        }

        await publisher.CloseAsync(CancellationToken.None);
    }

    private static async Task<List<Kept>> ReadAllAsync(RtmpServerSession session)
    {
        List<Kept> all = [];
        while (await session.ReadAsync(CancellationToken.None) is { } message)
        {
            using (message)
            {
                all.Add(Kept.Of(message));
            }
        }

        return all;
    }
}
