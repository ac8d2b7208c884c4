using Kinopress.Rtmp.Chunks;
using Kinopress.Rtmp.Commands;
using Kinopress.Rtmp.Fuzz;

namespace Kinopress.Rtmp.Tests.Sessions;

public sealed class EndingTests
{
    [Fact]
    public async Task A_publisher_that_stops_is_told_that_it_did() =>
        Assert.Equal(["NetStream.Unpublish.Success", "NetStream.Unpublish.Success"], Heard.Codes(await EndAsync(RtmpEnding.ByPublisher)).Skip(2));

    [Theory]
    [InlineData(RtmpEnding.TakenOver, "Another publisher took over.")]
    [InlineData(RtmpEnding.ByOwner, "The live was ended on the site.")]
    public async Task A_publisher_that_is_ended_is_told_why(RtmpEnding why, string words)
    {
        var last = Heard.Commands(await EndAsync(why))[^1].Arguments[0];

        Assert.Equal(("NetStream.Unpublish.Success", words), (last["code"]?.AsText(), last["description"]?.AsText()));
    }

    [Fact]
    public async Task A_server_that_stops_says_that_the_stream_ends() =>
        Assert.Equal([0, 1, 0, 0, 0, 1], Heard.Messages(await EndAsync(RtmpEnding.ServerStopping)).Last(message => message.Type == MessageType.UserControl).Body.ToArray());

    [Fact]
    public async Task A_server_that_stops_asks_those_who_can_to_connect_anew() =>
        Assert.Equal("NetConnection.Connect.ReconnectRequest", Heard.Codes(await EndAsync(RtmpEnding.ServerStopping, Reply.Number("capsEx", 1))).Last());

    [Fact]
    public async Task A_refusal_is_in_the_words_encoders_know()
    {
        var transport = new MemoryTransport(Script.Publishing().Bytes, int.MaxValue);
        await using var session = new RtmpServerSession(transport, new RtmpServerOptions(), TimeProvider.System);
        await session.AcceptAsync(CancellationToken.None);

        var refusing = session.RefuseAsync(RtmpRefusal.Denied("Not today."), CancellationToken.None);
        var status = Heard.Commands(transport.Heard())[^1];

        await refusing;
        Assert.Equal("onStatus", status.Name);
        Assert.Equal(
            ("error", "NetStream.Publish.Denied", "Not today."),
            (status.Arguments[0]["level"]?.AsText(), status.Arguments[0]["code"]?.AsText(), status.Arguments[0]["description"]?.AsText()));
    }

    [Fact]
    public async Task Ending_and_disposing_twice_is_fine()
    {
        await using var session = new RtmpServerSession(new MemoryTransport(Script.Publishing().Bytes, int.MaxValue), new RtmpServerOptions(), TimeProvider.System);
        await session.AcceptAsync(CancellationToken.None);
        await session.GrantAsync(CancellationToken.None);

        await session.EndAsync(RtmpEnding.ByPublisher, CancellationToken.None);
        await session.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_read_before_it_is_granted()
    {
        await using var session = new RtmpServerSession(new MemoryTransport(Script.Publishing().Bytes, int.MaxValue), new RtmpServerOptions(), TimeProvider.System);
        await session.AcceptAsync(CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.ReadAsync(CancellationToken.None));
    }

    private static async Task<byte[]> EndAsync(RtmpEnding why, params Rtmp.Amf.AmfProperty[] offers)
    {
        var pipes = new ConnectedPipes();
        await pipes.Client.Output.WriteAsync(Script.Publishing(offers: offers).Bytes);
        await using var session = new RtmpServerSession(pipes.Server, new RtmpServerOptions(), TimeProvider.System);
        await session.AcceptAsync(CancellationToken.None);
        await session.GrantAsync(CancellationToken.None);
        await session.EndAsync(why, CancellationToken.None);

        using var all = new MemoryStream();
        await pipes.Client.Input.CopyToAsync(all);
        return all.ToArray();
    }
}
