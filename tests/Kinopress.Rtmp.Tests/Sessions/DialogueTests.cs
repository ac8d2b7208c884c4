using Kinopress.Rtmp.Amf;
using Kinopress.Rtmp.Chunks;
using Kinopress.Rtmp.Commands;

namespace Kinopress.Rtmp.Tests.Sessions;

/// <summary>What a publisher is answered.</summary>
public sealed class DialogueTests
{
    [Fact]
    public async Task The_handshake_repeats_the_clients_random_bytes_and_offers_no_digest()
    {
        var said = Captures.Read("ffmpeg-chunks-of-128");

        var heard = (await Replay.OfAsync(said)).Heard;

        Assert.Equal(3, heard[0]);
        Assert.Equal([0, 0, 0, 0], heard[5..9]);
        Assert.Equal(said[1..1537], heard[1537..3073]);
    }

    [Fact]
    public async Task Publishing_is_answered_in_the_order_encoders_expect()
    {
        var heard = (await Replay.OfAsync(Script.Publishing().Bytes)).Heard;

        Assert.Equal(
            [
                MessageType.WindowAcknowledgementSize, MessageType.SetPeerBandwidth, MessageType.Command, MessageType.Command,
                MessageType.UserControl, MessageType.Command,
            ],
            Heard.Messages(heard).Select(message => message.Type));
        var commands = Heard.Commands(heard);
        Assert.Equal(["_result", "_result", "onStatus"], commands.Select(command => command.Name));
        Assert.Equal([1, 2, 0], commands.Select(command => command.TransactionId));
        Assert.Equal(new AmfNumber(1), commands[1].Arguments[0]);
        Assert.Equal(["NetConnection.Connect.Success", "NetStream.Publish.Start"], Heard.Codes(heard));
    }

    [Fact]
    public async Task Old_encoders_get_the_notices_they_wait_for()
    {
        var script = new Script().Handshake().Connect().Command("releaseStream", 2).Command("FCPublish", 3).Command("_checkbw", 4).Command("FCSubscribe", 0);

        Assert.Equal(
            ["_result", "_result", "_result", "onFCPublish", "_result", "onFCSubscribe"],
            Heard.Commands((await Replay.OfAsync(script.Bytes)).Heard).Select(command => command.Name));
    }

    [Fact]
    public async Task A_command_nobody_knows_is_refused_when_it_wants_an_answer()
    {
        var script = new Script().Handshake().Connect().Command("getStreamLength", 2).Command("noSuchThing", 0).Command("_result", 9);

        var commands = Heard.Commands((await Replay.OfAsync(script.Bytes)).Heard);

        Assert.Equal([("_result", 1), ("_error", 2)], commands.Select(command => (command.Name, command.TransactionId)));
    }

    [Fact]
    public async Task Playing_is_not_offered()
    {
        var script = new Script().Handshake().Connect().Command("createStream", 2).Command("play", 0, streamId: 1, new AmfString("key"));

        Assert.Contains("NetStream.Play.StreamNotFound", Heard.Codes((await Replay.OfAsync(script.Bytes)).Heard));
    }

    [Fact]
    public async Task A_connection_has_at_most_eight_streams()
    {
        var script = new Script().Handshake().Connect();
        for (var i = 2; i <= 10; i++)
        {
            script.Command("createStream", i);
        }

        Assert.Equal("_error", Heard.Commands((await Replay.OfAsync(script.Bytes)).Heard)[^1].Name);
    }

    [Fact]
    public async Task A_second_publish_on_the_same_connection_is_refused_and_the_first_goes_on()
    {
        var script = Script.Publishing().Command("publish", 4, streamId: 2, new AmfString("other")).Video(0, 0x17);

        var replay = await Replay.OfAsync(script.Bytes);

        Assert.Equal("NetStream.Publish.BadName", Heard.Codes(replay.Heard).Last());
        Assert.Single(replay.Messages);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("createStream")]
    public async Task Nothing_comes_before_connect(string command)
    {
        var script = new Script().Handshake().Command(command, 1);

        Assert.Equal(RtmpFault.CommandOutOfOrder, (await Assert.ThrowsAsync<RtmpProtocolException>(() => Replay.OfAsync(script.Bytes))).Fault);
    }

    [Fact]
    public async Task Commands_may_come_in_the_wrapping_of_AMF_3()
    {
        var connect = new RtmpCommand("connect", 1, new AmfObject([Reply.Text("app", "live")]), []).Encode();
        var publish = new RtmpCommand("publish", 2, null, [new AmfString("key")]).Encode();
        var script = new Script().Handshake()
            .Add(new OutgoingMessage(3, MessageType.CommandAmf3, 0, 0, (byte[])[0, .. connect]))
            .Add(new OutgoingMessage(3, MessageType.CommandAmf3, 1, 0, (byte[])[0, .. publish]));

        Assert.Equal("key", (await Replay.OfAsync(script.Bytes)).Request?.StreamKey);
    }

    [Fact]
    public async Task Enhanced_RTMP_is_answered_only_to_those_who_offer_it()
    {
        var plain = await ResultOfConnectAsync();
        var enhanced = await ResultOfConnectAsync(
            new AmfProperty("fourCcList", new AmfStrictArray([new AmfString("*")])),
            new AmfProperty("videoFourCcInfoMap", new AmfObject([Reply.Number("hvc1", 2)])),
            new AmfProperty("audioFourCcInfoMap", new AmfObject([Reply.Number("Opus", 2)])),
            Reply.Number("capsEx", 15));

        Assert.Null(plain?["fourCcList"]);
        Assert.Null(plain?["capsEx"]);
        Assert.Equal(new AmfStrictArray([new AmfString("avc1"), new AmfString("hvc1"), new AmfString("av01"), new AmfString("mp4a"), new AmfString("Opus")]), enhanced?["fourCcList"]);
        Assert.Equal(4, enhanced?["videoFourCcInfoMap"]?["hvc1"]?.AsNumber());
        Assert.Equal(4, enhanced?["audioFourCcInfoMap"]?["Opus"]?.AsNumber());
        Assert.Equal(1, enhanced?["capsEx"]?.AsNumber());
    }

    [Theory]
    [InlineData("live/key", "", "live/key", "", "key")]
    [InlineData("/live/?a=b", " key \n", "live", "key", "key")]
    public async Task A_key_in_the_wrong_field_is_found(string app, string name, string expectedApp, string expectedName, string key)
    {
        var request = (await Replay.OfAsync(Script.Publishing(app, name).Bytes)).Request;

        Assert.Equal((expectedApp, expectedName, key), (request?.App, request?.StreamName, request?.StreamKey));
    }

    [Fact]
    public async Task A_request_does_not_print_its_key()
    {
        var request = (await Replay.OfAsync(Script.Publishing("secret", "secret?secret").Bytes)).Request;

        Assert.DoesNotContain("secret", request?.ToString(), StringComparison.Ordinal);
    }

    private static async Task<AmfValue?> ResultOfConnectAsync(params AmfProperty[] offers) =>
        Heard.Commands((await Replay.OfAsync(Script.Publishing(offers: offers).Bytes)).Heard)[0].Object;
}
