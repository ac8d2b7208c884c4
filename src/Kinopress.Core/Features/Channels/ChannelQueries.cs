using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Channels;

/// <summary>Reads about channels.</summary>
public sealed class ChannelQueries(KinopressDbContext db)
{
    /// <summary>Null when no channel has the handle. Index ix_channels_handle.</summary>
    public Task<ChannelView?> FindByHandleAsync(string handle, CancellationToken cancellationToken)
    {
        var lower = handle.ToLowerInvariant();
        return db.Channels.AsNoTracking()
            .Where(channel => channel.Handle == lower)
            .Select(channel => new ChannelView(channel.Id, channel.Handle, channel.Name, channel.Description))
            .SingleOrDefaultAsync(cancellationToken);
    }
}

/// <summary>A channel as everybody sees it.</summary>
public sealed record ChannelView(Id<Channel> Id, string Handle, string Name, string? Description);
