using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Kinopress.Server.Tests.Chat;

/// <summary>A signed-in browser at the hub whose connection has broken already.</summary>
internal sealed class GoneCaller : HubCallerContext
{
    public GoneCaller(string live, string userId)
    {
        User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, userId)], "test"));
        Features.Set<IHttpContextFeature>(new Request { HttpContext = new DefaultHttpContext { Request = { QueryString = QueryString.Create("live", live) } } });
    }

    public override string ConnectionId => "gone";

    public override string? UserIdentifier => null;

    public override ClaimsPrincipal? User { get; }

    public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override CancellationToken ConnectionAborted { get; } = new(canceled: true);

    public override void Abort()
    {
        // It is gone.
    }

    private sealed class Request : IHttpContextFeature
    {
        public HttpContext? HttpContext { get; set; }
    }
}
