using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kinopress.Client;

/// <summary>Sends requests with the token and turns refusals into exceptions. Thread-safe.</summary>
internal sealed class ApiConnection(HttpClient http, string? accessToken)
{
    private const string Prefix = "rest/v1/";

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(path));
        return await ReadAsync(request, type, cancellationToken);
    }

    public async Task<TOut> SendAsync<TIn, TOut>(
        HttpMethod method, string path, TIn body, JsonTypeInfo<TIn> bodyType, JsonTypeInfo<TOut> type, CancellationToken cancellationToken, string? ifMatch = null)
        where TOut : class
    {
        using var request = new HttpRequestMessage(method, AddressOf(path)) { Content = JsonContent.Create(body, bodyType) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await ReadAsync(request, type, cancellationToken);
    }

    public async Task<TOut> SendAsync<TOut>(HttpMethod method, string path, JsonTypeInfo<TOut> type, CancellationToken cancellationToken)
        where TOut : class
    {
        using var request = new HttpRequestMessage(method, AddressOf(path));
        return await ReadAsync(request, type, cancellationToken);
    }

    /// <summary>Posts what is no JSON, such as a form.</summary>
    public async Task<TOut> SendAsync<TOut>(string path, HttpContent body, JsonTypeInfo<TOut> type, CancellationToken cancellationToken)
        where TOut : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(path)) { Content = body };
        return await ReadAsync(request, type, cancellationToken);
    }

    public async Task SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, AddressOf(path)) { Content = body };
        using var response = await SendAsync(request, cancellationToken);
    }

    /// <exception cref="KinopressApiException">The answer is not a success.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new KinopressApiException(await ProblemOfAsync(response, cancellationToken));
        }
    }

    public static Uri AddressOf(string path) => new(Prefix + path, UriKind.Relative);

    private async Task<T> ReadAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(request, cancellationToken);
        var value = await response.Content.ReadFromJsonAsync(type, cancellationToken)
            ?? throw new JsonException("The site answered with nothing.");
        if (value is Video video)
        {
            video.ETag = response.Headers.ETag?.ToString();
        }

        if (value is Live live)
        {
            live.ETag = response.Headers.ETag?.ToString();
        }

        return value;
    }

    private static async Task<ApiProblem> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var unknown = new ApiProblem { Status = status, Title = response.ReasonPhrase };
        if (response.StatusCode == HttpStatusCode.NotFound && response.Content.Headers.ContentLength == 0)
        {
            return unknown;
        }

        try
        {
            var problem = await response.Content.ReadFromJsonAsync(ApiJson.Default.ApiProblem, cancellationToken);
            return problem is null ? unknown : problem with { Status = status };
        }
        catch (JsonException)
        {
            return unknown; // a proxy's page, or the empty answer to HEAD
        }
    }
}
