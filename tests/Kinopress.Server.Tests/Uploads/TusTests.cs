using System.Globalization;
using System.Net;
using System.Text;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Uploads;

/// <summary>tus 1.0.0 on the wire (tus.io/protocols/resumable-upload).</summary>
public sealed class TusTests
{
    private const string OffsetType = "application/offset+octet-stream";

    [Fact]
    public async Task OPTIONS_says_what_the_server_speaks()
    {
        await using var site = await TestSite.StartAsync(new TestSiteOptions { Configure = options => options.MaxUploadSizeInBytes = 5000 });
        using var request = new HttpRequestMessage(HttpMethod.Options, "/rest/v1/uploads");

        using var answer = await site.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("1.0.0", Header(answer, "Tus-Version"));
        Assert.Equal("1.0.0", Header(answer, "Tus-Resumable"));
        Assert.Equal("5000", Header(answer, "Tus-Max-Size"));
        Assert.Equal(["creation", "creation-with-upload", "expiration", "termination"], (Header(answer, "Tus-Extension") ?? "").Split(','));
    }

    [Fact]
    public async Task An_upload_is_made_sent_in_pieces_and_becomes_a_video()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");

        using var made = await http.SendAsync(Creation(10));
        var address = made.Headers.Location ?? throw new InvalidOperationException();
        using var first = await http.SendAsync(Patch(address, 0, "01234"));
        using var between = await http.SendAsync(Tus(HttpMethod.Head, address));
        using var last = await http.SendAsync(Patch(address, 5, "56789"));

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.NotNull(Header(made, "Upload-Expires"));
        Assert.Equal((HttpStatusCode.NoContent, "5"), (first.StatusCode, Header(first, "Upload-Offset")));
        Assert.Equal((HttpStatusCode.OK, "5", "10"), (between.StatusCode, Header(between, "Upload-Offset"), Header(between, "Upload-Length")));
        Assert.True(between.Headers.CacheControl?.NoStore);
        Assert.Equal((HttpStatusCode.NoContent, "10"), (last.StatusCode, Header(last, "Upload-Offset")));
        var video = await site.VideoAsync(Header(last, "Kinopress-Video") ?? "");
        Assert.Equal("holiday", video.Title);
        Assert.All((HttpResponseMessage[])[made, first, between, last], answer => Assert.Equal("1.0.0", Header(answer, "Tus-Resumable")));
    }

    [Fact]
    public async Task Creation_may_carry_the_first_bytes()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var some = Creation(10);
        some.Content = Bytes("0123");
        using var all = Creation(4);
        all.Content = Bytes("0123");

        using var begun = await http.SendAsync(some);
        using var done = await http.SendAsync(all);

        Assert.Equal((HttpStatusCode.Created, "4"), (begun.StatusCode, Header(begun, "Upload-Offset")));
        Assert.Equal((HttpStatusCode.Created, "4"), (done.StatusCode, Header(done, "Upload-Offset")));
        Assert.NotNull(Header(done, "Kinopress-Video"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_wrong_offset_is_a_conflict_and_changes_nothing(int offset)
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var made = await http.SendAsync(Creation(10));
        var address = made.Headers.Location ?? throw new InvalidOperationException();
        using var first = await http.SendAsync(Patch(address, 0, "01234"));

        using var wrong = await http.SendAsync(Patch(address, offset, "xxxxx"));
        using var stand = await http.SendAsync(Tus(HttpMethod.Head, address));

        await Refusals.IsAsync(wrong, HttpStatusCode.Conflict, "upload.wrong_offset");
        Assert.Equal("5", Header(stand, "Upload-Offset"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("five")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task An_unreadable_offset_is_refused(string offset)
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var made = await http.SendAsync(Creation(10));
        using var patch = Patch(made.Headers.Location ?? site.Address, 0, "01234");
        patch.Headers.Remove("Upload-Offset");
        patch.Headers.TryAddWithoutValidation("Upload-Offset", offset);

        using var answer = await http.SendAsync(patch);

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, "upload.header_malformed");
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var made = await http.SendAsync(Creation(10));
        using var patch = Patch(made.Headers.Location ?? site.Address, 0, "01234");
        patch.Content = new StringContent("01234");

        using var answer = await http.SendAsync(patch);

        await Refusals.IsAsync(answer, HttpStatusCode.UnsupportedMediaType, "upload.content_type");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Requests_without_Tus_Resumable_are_refused(string method)
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        var path = method == "POST" ? "/rest/v1/uploads" : "/rest/v1/uploads/01890000-0000-7000-8000-000000000000";
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal("1.0.0", Header(answer, "Tus-Version"));
    }

    [Fact]
    public async Task Another_version_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var request = Creation(10);
        request.Headers.Remove("Tus-Resumable");
        request.Headers.Add("Tus-Resumable", "0.2.2");

        using var answer = await http.SendAsync(request);

        await Refusals.IsAsync(answer, HttpStatusCode.PreconditionFailed, "upload.tus_version");
    }

    [Theory]
    [InlineData("filename not*base64")]
    [InlineData("filename =====")]
    [InlineData(" Zmlyc3Q=,filename Zmlyc3Q=  x")]
    public async Task Malformed_metadata_is_refused(string metadata)
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var request = Creation(10);
        request.Headers.Remove("Upload-Metadata");
        request.Headers.TryAddWithoutValidation("Upload-Metadata", metadata);

        using var answer = await http.SendAsync(request);

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, "upload.header_malformed");
    }

    [Theory]
    [InlineData(null, "upload.length_missing")]
    [InlineData("", "upload.length_missing")]
    [InlineData("-5", "upload.length_missing")]
    [InlineData("many", "upload.length_missing")]
    [InlineData("0", "upload.empty")]
    public async Task The_length_comes_first(string? length, string code)
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var request = Creation(10);
        request.Headers.Remove("Upload-Length");
        if (length is not null)
        {
            request.Headers.TryAddWithoutValidation("Upload-Length", length);
        }

        using var answer = await http.SendAsync(request);

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_terminated_upload_is_gone()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var made = await http.SendAsync(Creation(10));
        var address = made.Headers.Location ?? throw new InvalidOperationException();
        using var first = await http.SendAsync(Patch(address, 0, "01234"));

        using var ended = await http.SendAsync(Tus(HttpMethod.Delete, address));
        using var stand = await http.SendAsync(Tus(HttpMethod.Head, address));

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, stand.StatusCode);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.Data, "tmp", "uploads")));
    }

    [Fact]
    public async Task Bytes_beyond_the_length_are_left_out()
    {
        await using var site = await TestSite.StartAsync();
        var http = await site.HttpAsync("creator");
        using var made = await http.SendAsync(Creation(4));

        using var answer = await http.SendAsync(Patch(made.Headers.Location ?? site.Address, 0, "0123456789"));

        Assert.Equal((HttpStatusCode.NoContent, "4"), (answer.StatusCode, Header(answer, "Upload-Offset")));
    }

    [Fact]
    public async Task Preflight_lets_other_pages_upload_with_a_token()
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/rest/v1/uploads/01890000-0000-7000-8000-000000000000");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Access-Control-Request-Method", "PATCH");

        using var answer = await site.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("PATCH", Header(answer, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("upload-offset", Header(answer, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
    }

    private static HttpRequestMessage Creation(long length)
    {
        var request = Tus(HttpMethod.Post, new Uri("/rest/v1/uploads", UriKind.Relative));
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", "filename " + Convert.ToBase64String("holiday.mp4"u8));
        return request;
    }

    private static HttpRequestMessage Patch(Uri address, long offset, string text)
    {
        var request = Tus(HttpMethod.Patch, address);
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Content = Bytes(text);
        return request;
    }

    private static ByteArrayContent Bytes(string text) =>
        new(Encoding.ASCII.GetBytes(text)) { Headers = { ContentType = new(OffsetType) } };

    private static HttpRequestMessage Tus(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(',', values) : null;
}
