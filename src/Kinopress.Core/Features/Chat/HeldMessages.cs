using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>What approving and rejecting have in common.</summary>
internal static class HeldMessages
{
    /// <summary>A message of a live whose chat the caller moderates, loaded to be changed. Primary key of chat_messages.</summary>
    /// <returns>Null when there is none.</returns>
    public static Task<ChatMessage?> FindAsync(KinopressDbContext db, string publicId, Id<ChatMessage> id, Caller caller, CancellationToken cancellationToken)
    {
        var moderated = db.Lives.ModeratedBy(caller).Where(live => live.PublicId == publicId);
        return db.ChatMessages.SingleOrDefaultAsync(message => message.Id == id && moderated.Any(live => live.Id == message.LiveId), cancellationToken);
    }
}
