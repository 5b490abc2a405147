/// An error that a daemon or a wallet of the Oxen chain answers with. Follows protocol document 05, sections 2.2 and 3.2.
struct OxenRefusal: Error, Hashable {
    let code: Int64
    let message: String
    var data: String?

    static let unknownMethod = OxenRefusal(code: -32601, message: "Method not found")

    static func parameter(_ name: String) -> OxenRefusal {
        OxenRefusal(code: -32602, message: "Invalid params", data: "'\(name)' is missing or wrong")
    }

    /// What a daemon says of a value that it cannot use.
    static func wrong(_ message: String) -> OxenRefusal { OxenRefusal(code: -1, message: message) }

    /// What a wallet says of an order that cannot be carried out.
    static func impossible(_ message: String) -> OxenRefusal { OxenRefusal(code: -16, message: message) }
}
