using Kinopress.Core.Features.Destinations;

namespace Kinopress.Core.Tests;

public sealed class DestinationEditTests
{
    [Theory]
    [InlineData("youtube", "YouTube", "rtmps://a.rtmps.youtube.com/live2")]
    [InlineData("Twitch", "Twitch", "rtmps://live.twitch.tv/app")]
    [InlineData("facebook", "Facebook", "rtmps://live-api-s.facebook.com:443/rtmp")]
    public void A_known_service_needs_only_its_key(string preset, string name, string url)
    {
        var made = Made(new DestinationEdit { Preset = preset, StreamKey = " abcd-efgh " });

        Assert.Equal((name, url, "abcd-efgh"), (made.Details.Name, made.Details.Url, made.StreamKey));
    }

    [Theory]
    [InlineData("rtmp://live.example.org/app/s3cret", null, "rtmp://live.example.org/app", "s3cret")]
    [InlineData("rtmp://live.example.org:1936/app/sub/s3cret?a=b", "", null, null)]
    [InlineData("rtmps://live.example.org/app/", "s3cret?auth=1", "rtmps://live.example.org/app", "s3cret?auth=1")]
    [InlineData("rtmp://[2001:db8::1]/app/instance", "/s3cret", "rtmp://[2001:db8::1]/app/instance", "s3cret")]
    public void A_key_at_the_end_of_the_address_is_no_part_of_it(string typed, string? key, string? url, string? streamKey)
    {
        var edit = new DestinationEdit { Name = "Mine", Url = typed, StreamKey = key };

        var made = edit.ApplyTo(DestinationDetails.Blank, needsKey: true).Match<EditedDestination?>(edited => edited, _ => null);

        Assert.Equal((url, streamKey), (made?.Details.Url, made?.StreamKey));
    }

    [Theory]
    [InlineData("http://live.example.org/app", "url")]
    [InlineData("file:///etc/passwd", "url")]
    [InlineData("rtmp://live.example.org", "url")]
    [InlineData("rtmp://user:word@live.example.org/app", "url")]
    [InlineData("rtmp://live.example.org/a pp", "url")]
    [InlineData("live.example.org", "url")]
    [InlineData("", "url")]
    public void What_is_no_address_of_a_server_is_refused(string url, string field) =>
        Assert.Equal([field], Mistakes(new DestinationEdit { Name = "Mine", Url = url, StreamKey = "abc" }));

    [Fact]
    public void Kick_gives_everybody_a_server_of_his_own() => Assert.Equal(["url"], Mistakes(new DestinationEdit { Preset = "kick", StreamKey = "abc" }));

    [Fact]
    public void What_is_wrong_is_named_by_field() =>
        Assert.Equal(["name", "preset", "streamKey"], Mistakes(new DestinationEdit { Preset = "3", Name = " ", Url = "rtmp://live.example.org/app", StreamKey = "a b" }));

    [Fact]
    public void An_edit_without_a_key_keeps_the_one_before()
    {
        var before = new DestinationDetails("Mine", DestinationPreset.Custom, "rtmp://live.example.org/app");

        var edited = new DestinationEdit { Name = "Ours" }.ApplyTo(before, needsKey: false).Match<EditedDestination?>(value => value, _ => null);

        Assert.Equal(("Ours", before.Url, null), (edited?.Details.Name, edited?.Details.Url, edited?.StreamKey));
    }

    [Fact]
    public void Nothing_that_may_reach_a_log_says_the_key()
    {
        var edit = new DestinationEdit { Preset = "youtube", StreamKey = "s3cret" };

        Assert.DoesNotContain("s3cret", $"{edit} {Made(edit)} {new DestinationTarget(default, 1, "rtmp://a/b", "s3cret")}", StringComparison.Ordinal);
    }

    private static EditedDestination Made(DestinationEdit edit) =>
        edit.ApplyTo(DestinationDetails.Blank, needsKey: true).Match(made => made, failure => throw new InvalidOperationException(string.Join(' ', failure.Fields?.Keys ?? [])));

    private static IEnumerable<string> Mistakes(DestinationEdit edit) =>
        edit.ApplyTo(DestinationDetails.Blank, needsKey: true).Match<IEnumerable<string>>(_ => [], failure => failure.Fields?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());
}
