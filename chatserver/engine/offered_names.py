"""Names to offer to those who would rather not think of one: safe to be called by, tied to nobody, of no gender or place."""

from __future__ import annotations

import secrets

FIRST = tuple(
    "Amber Autumn Birch Blue Brave Bright Calm Cedar Clear Cloudy Copper Coral Crimson Dawn Dappled Early Easy Even Evening Fair Faithful Fern "
    "First Forest Gentle Golden Grassy Green Grey Hazel Hidden Hopeful Indigo Ivory Jade Kind Late Lavender Leafy Light Lilac Linen Little Lively "
    "Lucky Maple Meadow Mellow Misty Morning Mossy New Northern Olive Open Opal Patient Pearl Plain Quiet Rainy Rising Rosy Sandy Sea Silent "
    "Silver Simple Snowy Soft Southern Spring Steady Still Summer Sunny Tall Tender Thoughtful True Velvet Violet Warm Western White Wild "
    "Willow Windy Winter Wise Wooden Woven Yellow Young".split()
)
SECOND = tuple(
    "Acorn Anchor Apple Badger Basket Beacon Bell Bench Bluebird Boat Bramble Branch Breeze Bridge Brook Button Candle Canoe Cherry Clover "
    "Comet Compass Cottage Cricket Crane Curlew Daisy Deer Dove Dragonfly Ember Falcon Feather Field Finch Firefly Foxglove Garden Gate Goose "
    "Harbour Hare Hawk Heron Hill Island Juniper Kettle Kingfisher Kite Lake Lantern Lark Leaf Lighthouse Lynx Magpie Meadow Moon Moth "
    "Mountain Nest Nightingale Oak Orchard Otter Owl Paddle Path Pebble Pine Planet Pond Poplar Quill Rabbit Rain River Robin Rook Sail Seal "
    "Shell Sky Snowdrop Sparrow Squirrel Star Stone Stream Swallow Swan Thistle Thrush Tide Tree Tulip Valley Walnut Wave Wren".split()
)


def offers(count: int) -> tuple[str, ...]:
    """Some names at random, the last one with a number: with a thousand people there, one of them is free for certain enough."""
    names = [f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}" for _ in range(count - 1)]
    return (*names, f"{secrets.choice(FIRST)} {secrets.choice(SECOND)} {10 + secrets.randbelow(90)}")
