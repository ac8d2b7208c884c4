using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Kinopress.Browser.Tests.Support;

/// <summary>Fills a site through its public API, so that a journey starts where it gets interesting.</summary>
internal sealed class VideoClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;

    public VideoClient(Uri site, string token)
    {
        _http = new HttpClient { BaseAddress = site };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
    }

    /// <summary>Sends a file in one request.</summary>
    /// <returns>The public id of its video.</returns>
    public async Task<string> UploadAsync(string path, string title)
    {
        await using var file = File.OpenRead(path);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rest/v1/uploads") { Content = new StreamContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Upload-Length", file.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Base64(Path.GetFileName(path))},title {Base64(title)}");
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Kinopress-Video").Single();
    }

    /// <summary>What the owner of the token manages.</summary>
    public async Task<IReadOnlyList<(string PublicId, string Title)>> ListAsync()
    {
        var page = await _http.GetFromJsonAsync<JsonElement>("/rest/v1/videos?mine=true&limit=50");
        return [.. page.GetProperty("items").EnumerateArray().Select(video => (Text(video, "publicId"), Text(video, "title")))];
    }

    public async Task EditAsync(string publicId, object changes) =>
        (await _http.PatchAsJsonAsync($"/rest/v1/videos/{publicId}", changes)).EnsureSuccessStatusCode();

    public async Task PublishAsync(string publicId) =>
        (await _http.PutAsJsonAsync($"/rest/v1/videos/{publicId}/publication", new { whenReady = true })).EnsureSuccessStatusCode();

    /// <summary>Asks twice a second until the video is in one of the states.</summary>
    public Task WaitAsync(string publicId, params string[] states) => WaitAsync(publicId, () => Task.CompletedTask, states);

    /// <summary>Broken film: waits until the site has given it up, without the pauses between its attempts.</summary>
    /// <param name="data">The site's data folder.</param>
    public Task WaitForFailureAsync(string publicId, string data) => WaitAsync(publicId, () => Jobs.HurryAsync(data), "failed");

    private async Task WaitAsync(string publicId, Func<Task> meanwhile, params string[] states)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(0.5));
        do
        {
            var video = await _http.GetFromJsonAsync<JsonElement>($"/rest/v1/videos/{publicId}", limit.Token);
            if (states.Contains(video.GetProperty("state").GetString(), StringComparer.Ordinal))
            {
                return;
            }

            await meanwhile();
        }
        while (await beat.WaitForNextTickAsync(limit.Token));
    }

    public void Dispose() => _http.Dispose();

    private static string Text(JsonElement video, string name) => video.GetProperty(name).GetString() ?? "";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
