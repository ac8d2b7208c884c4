using Kinopress.Core.Data;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Takes down what is pinned. Harmless when nothing is.</summary>
public sealed class UnpinChatMessage(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <returns><c>live.not_found</c> also when the chat is not the caller's to moderate.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, Caller caller, CancellationToken cancellationToken)
    {
        var live = await db.Lives.AsNoTracking().ModeratedBy(caller).Where(candidate => candidate.PublicId == publicId).Select(candidate => new { candidate.Id }).SingleOrDefaultAsync(cancellationToken);
        if (live is null)
        {
            return LiveFailures.NotFound;
        }

        var chat = await db.LiveChats.SingleOrDefaultAsync(candidate => candidate.LiveId == live.Id, cancellationToken);
        if (chat is null)
        {
            return Done.Value;
        }

        chat.Pin(message: null, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await rooms.AnnounceAsync(publicId, new ChatPinned(Message: null), CancellationToken.None);
        return Done.Value;
    }
}
