import SessionInterfaces

/// Records of the name "test", from the test data of the reference implementation.
enum KnownRecords {
    static let account = "05d2ad010eeb72d72e561d9de7bd7b6989af77dcabffa03a5111a6c859ae5c3a72"
    static let value =
        "3575802dd9bfea72672a208840f37ca289ceade5d3ffacabe2d231f109d204329fc33e28c331580d9a8c9b8a64cacfec97"
    static let nonce = "00112233445566778899aabbccddeeff00ffeeddccbbaa99"
    static let legacyValue =
        "dbd4bc89bd2c9e5322fd9f4cadcaa66a0c38f15d0c927a86cc36e895fe1f3c532a3958d972563f52ca858e94eec22dc360"

    static let found = FakeNodes.Answer.found(value, nonce)
    static let legacy = FakeNodes.Answer.found(legacyValue, nil)
    /// Well-formed, and of no name.
    static let garbage = FakeNodes.Answer.found(String(repeating: "ab", count: 49), nonce)
}
