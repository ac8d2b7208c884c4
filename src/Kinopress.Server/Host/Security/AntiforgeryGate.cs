using Microsoft.AspNetCore.Antiforgery;

namespace Kinopress.Server.Host.Security;

/// <summary>Stops a form whose antiforgery token is missing, wrong or of a session that ended, before anything reads it.</summary>
internal sealed class AntiforgeryGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            await next(context);
            return;
        }

        if (ErrorHandling.WantsPage(context))
        {
            context.Items[ErrorHandling.FailureItem] = Failures.AntiforgeryInvalid;
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await context.WriteProblemAsync(Failures.AntiforgeryInvalid);
    }
}
