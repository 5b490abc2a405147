import SessionInterfaces
import Testing

@testable import SessionCrypto

/// Known answers, most of them about the block of 136 bytes: FIPS 202 for SHAKE256, the original proposal for Keccak-256.
@Suite struct KeccakTests {
    static let answers: [(count: Int, keccak: String, shake: String)] = [
        (
            0, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
            "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f"
                + "d75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be"
        ),
        (
            135, "cbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62",
            "c45dae624ad8a2f5aa7bac9d7557737fd91c96eedb70a6be5574d57a844eade0"
                + "7f4056bf081a1098101cea8132188c422136feb4687d1e2209f3fd28bedfb8f4"
        ),
        (
            136, "7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e",
            "b7ff4073b3f5a8eabd6e17705ca7f6761a31058f9df781a6a47e3a3063b9d67a"
                + "757e8dbf043dac48d2154e46d59c0b9e8bc36ba035153691fbe83b9eff5dae4a"
        ),
        (
            137, "ac73d4fae68b8453f764007c1a20ce95994187861f0c3227a3a8e99a73a3b1db",
            "01d90952c642a5eb2a8fc9d713f843a45d7ac05132dddcb2efc9bebc27e37bcb"
                + "e42130c36f3540250ab11796980e773683f28d07f0f838606fb9c45e452bd38f"
        ),
        (
            272, "8e2476e65823b24d96ebe239f2c1534cdf763e689e2410c3b1cb0c74e6177bfc",
            "e3299fa992163e7ffc875aff708dac93d2157e9b4ccaa2a13ba1ca4ef0b40f29"
                + "a8922462cee9739430c22a70d36a91fdf654d7457d79b942d7e1ad573b139bd7"
        ),
    ]

    /// Messages of the numbers from 0 to 250, over and over.
    @Test(arguments: answers)
    func knownAnswers(count: Int, keccak: String, shake: String) {
        let message = (0..<count).map { UInt8($0 % 251) }
        #expect(Hex.encode(Keccak256.hash(message)) == keccak)
        #expect(SHAKE256.secret(count: 64, from: [SecretBytes(message)]).revealed == bytes(shake))
    }

    @Test func theUsualMessage() {
        let message = Array("abc".utf8)
        #expect(
            Hex.encode(Keccak256.hash(message)) == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")
        #expect(
            SHAKE256.secret(count: 32, from: [SecretBytes(message)]).revealed
                == bytes("483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739"))
    }

    @Test func longOutputsGoOnAfterTheBlock() {
        let output = SHAKE256.secret(count: 300, from: []).revealed
        #expect(
            Array(output.suffix(32)) == bytes("73cdcd0fab882c45755feb3aed96d477ff96390bf9a66d1368b208e21f7c10d0"))
        #expect(SHAKE256.secret(count: 136, from: []).revealed == Array(output.prefix(136)))
    }

    @Test(arguments: [0, 1, 135, 136, 200])
    func partsCountAsOne(split: Int) {
        let message = (0..<200).map { UInt8($0) }
        let parts = [SecretBytes(Array(message[..<split])), SecretBytes(Array(message[split...]))]
        #expect(
            SHAKE256.secret(count: 32, from: parts).isEqual(
                to: SHAKE256.secret(count: 32, from: [SecretBytes(message)])))
    }
}
