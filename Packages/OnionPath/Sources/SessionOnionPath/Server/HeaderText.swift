import HTTPTypes

/// Header fields as the JSON object of names and texts that version 4 carries.
enum HeaderText {
    /// Fields of one name become one member, their values joined by commas.
    static func object(_ fields: HTTPFields, name: (HTTPField.Name) -> String) -> String {
        var seen: Set<HTTPField.Name> = []
        let members = fields.compactMap { field -> (name: String, value: String)? in
            guard seen.insert(field.name).inserted, let value = fields[field.name] else { return nil }
            return (name(field.name), JSONText.quoted(value))
        }
        return JSONText.object(members)
    }

    /// Members whose names are no HTTP names are left out: there is nothing that could ask for them.
    static func fields(_ members: [String: String]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }
}
