using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kinopress.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AddLiveClipSources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "live_clip_sources",
                columns: table => new
                {
                    video_id = table.Column<Guid>(type: "uuid", nullable: false),
                    live_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_live_clip_sources", x => x.video_id);
                    table.ForeignKey(
                        name: "FK_live_clip_sources_lives_live_id",
                        column: x => x.live_id,
                        principalTable: "lives",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_live_clip_sources_videos_video_id",
                        column: x => x.video_id,
                        principalTable: "videos",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_live_clip_sources_live",
                table: "live_clip_sources",
                column: "live_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "live_clip_sources");
        }
    }
}
