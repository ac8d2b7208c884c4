using System.Net;
using System.Text.Json;
using Kinopress.Client;

namespace Kinopress.Server.Tests.Support;

/// <summary>Reads refusals.</summary>
internal static class Refusals
{
    public static async Task<ApiProblem> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<KinopressApiException>(call)).Problem;

    public static async Task IsRefusedAsync(string code, Func<Task> call) => Assert.Equal(code, (await RefusedAsync(call)).Code);

    /// <summary>The code of a problem document, which it must be.</summary>
    public static async Task<string> CodeAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((int)answer.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.GetProperty("code").GetString() ?? "";
    }

    public static async Task IsAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, await CodeAsync(answer));
    }
}
