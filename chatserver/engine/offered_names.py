"""Names to offer to those who would rather not think of one: safe to be called by, tied to nobody: no first names, no places."""

from __future__ import annotations

import secrets
import struct

FIRST = tuple(
    """
    Birch Blue Brave Bright Calm Cedar Clear Cloudy Copper Early Easy Even Evening Fair First Forest Gentle Golden Grassy
    Green Grey Hidden Hopeful Indigo Kind Late Lavender Leafy Light Lilac Linen Little Lively Lucky Maple Meadow Mellow
    Misty Morning Mossy New Open Patient Plain Quiet Rainy Rising Sandy Sea Silent Silver Simple Snowy Soft Spring Steady
    Still Sunny Tall Tender Thoughtful Velvet Warm Windy Winter Wise Wooden Woven Yellow
    """.split()  # noqa: SIM905 (a list of eighty literals is no easier to read)
)
SECOND = tuple(
    """
    Acorn Anchor Apple Badger Basket Beacon Bell Bench Bluebird Boat Bramble Branch Breeze Bridge Button Candle Canoe
    Clover Comet Compass Cottage Cricket Crane Curlew Deer Dove Dragonfly Falcon Feather Field Finch Firefly Foxglove
    Garden Gate Goose Harbour Hare Hawk Heron Hill Island Kettle Kingfisher Kite Lake Lantern Lark Leaf Lighthouse Lynx
    Magpie Meadow Moon Moth Mountain Nest Nightingale Oak Orchard Otter Owl Paddle Path Pebble Pine Planet Pond Poplar
    Quill Rabbit Rain River Rook Sail Seal Shell Sky Snowdrop Sparrow Squirrel Star Stone Stream Swallow Swan Thistle
    Thrush Tide Tree Tulip Valley Walnut Wave
    """.split()  # noqa: SIM905 (a list of eighty literals is no easier to read)
)


def offers(count: int) -> tuple[str, ...]:
    """Some names at random, the last one with a number: with a thousand people there, one of them is free for certain enough."""
    # Drawn once for all of them: to ask the system for each word costs more than all else that an offer takes.
    drawn = struct.unpack(f"{2 * count + 1}H", secrets.token_bytes(4 * count + 2))
    names = [f"{FIRST[a % len(FIRST)]} {SECOND[b % len(SECOND)]}" for a, b in zip(drawn[1::2], drawn[2::2], strict=True)]
    names[-1] += f" {10 + drawn[0] % 90}"
    return tuple(names)
